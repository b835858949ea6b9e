//! Whatever S3 is sent, it answers.

use poolpass_local::core::HttpRequest;
use proptest::prelude::*;
use std::sync::LazyLock;

use crate::dynamodb_world::{Caller, open_world};
use crate::s3_world::check;
use crate::world::World;

static WORLD: LazyLock<World> = LazyLock::new(open_world);
static BOB: LazyLock<Caller<'static>> = LazyLock::new(|| Caller::user(&WORLD, "bob"));

proptest! {
    #[test]
    fn any_unsigned_request_gets_an_answer(
        method in "(GET|HEAD|PUT|DELETE|POST|OPTIONS)",
        host in "([a-z.-]{0,9}[.])?s3([.]eu-west-1)?[.]localhost(:9400)?",
        target in "/.{0,40}",
        origin in prop::option::of("https?://.{0,20}"),
    ) {
        let mut headers = vec![("Host".to_owned(), host)];
        headers.extend(origin.map(|origin| ("Origin".to_owned(), origin)));
        let response = WORLD.emulator.handle(HttpRequest { method, target, headers, body: Vec::new() });
        prop_assert!((400..600).contains(&response.status));
    }

    #[test]
    fn any_signed_request_gets_an_answer(
        method in "(GET|HEAD|PUT|DELETE|POST)",
        key in "[a-z/]{0,8}",
        query in prop::sample::select(vec!["", "list-type=2", "list-type=2&max-keys=2", "continuation-token=YQ&delimiter=a&list-type=2", "uploads="]),
        name in prop::sample::select(vec![
            "range", "if-match", "if-none-match", "if-modified-since", "content-md5", "content-encoding", "x-amz-trailer",
            "x-amz-decoded-content-length", "x-amz-meta-a", "x-amz-checksum-crc32", "x-amz-checksum-mode", "x-amz-sdk-checksum-algorithm",
        ]),
        value in "(bytes=)?[0-9a-zA-Z\",*-]{1,12}|aws-chunked",
        body in "[0-9a-f\r\n]{0,20}",
    ) {
        let target = format!("/poolpass-notes/{key}?{query}");
        let response = BOB.s3(&method, &target, &[(name, &value), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD")], &body);
        check(&method, &response);
        prop_assert!(response.status < 500 || response.status == 501, "{}", response.status);
        for (name, value) in &response.headers {
            prop_assert!(value.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{name}: {value}");
        }
    }
}
