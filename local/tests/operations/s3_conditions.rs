//! S3: conditional reads and writes.

use crate::dynamodb_world::Caller;
use crate::s3_world::{WELCOME, code};
use crate::world::World;

#[test]
fn reads_depend_on_tags_and_dates() {
    let world = World::new();
    let guest = Caller::guest(&world);
    let tag = guest.s3("HEAD", WELCOME, &[], "").header("ETag").unwrap().to_owned();
    let bare = tag.trim_matches('"');
    let (before, then, after) =
        ("Tue, 31 Dec 2024 23:59:59 GMT", "Wed, 01 Jan 2025 00:00:00 GMT", "Wed, 01 Jan 2025 00:00:01 GMT");
    for (headers, status) in [
        (vec![("if-match", tag.as_str())], 200),
        (vec![("if-match", bare)], 200),
        (vec![("if-match", "\"x\"")], 412),
        (vec![("if-match", "*")], 200),
        (vec![("if-none-match", tag.as_str())], 304),
        (vec![("if-none-match", "\"x\", *")], 304),
        (vec![("if-none-match", "\"x\"")], 200),
        (vec![("if-modified-since", then)], 304),
        (vec![("if-modified-since", before)], 200),
        (vec![("if-modified-since", "yesterday")], 200),
        (vec![("if-unmodified-since", before)], 412),
        (vec![("if-unmodified-since", then)], 200),
        (vec![("if-match", tag.as_str()), ("if-unmodified-since", before)], 200),
        (vec![("if-modified-since", after), ("if-none-match", "\"x\"")], 200),
    ] {
        for method in ["GET", "HEAD"] {
            let response = guest.s3(method, WELCOME, &headers, "");
            assert_eq!(response.status, status, "{method} {headers:?}");
            if status == 304 {
                assert_eq!(response.header("ETag"), Some(tag.as_str()));
            }
        }
        if status == 412 {
            assert_eq!(code(&guest.s3("GET", WELCOME, &headers, "")), "PreconditionFailed");
        }
    }
}

#[test]
fn writes_depend_on_what_is_there() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let target = bob.own("a");
    let put = |headers: &[(&str, &str)], body: &str| bob.s3("PUT", &target, headers, body);
    assert_eq!(code(&put(&[("if-match", "\"x\"")], "a")), "NoSuchKey");
    let first = put(&[("if-none-match", "*")], "a");
    assert_eq!(first.status, 200);
    assert_eq!(code(&put(&[("if-none-match", "*")], "b")), "PreconditionFailed");
    let tag = first.header("ETag").unwrap();
    let second = put(&[("if-match", tag)], "c");
    assert_eq!(second.status, 200);
    assert_eq!(code(&put(&[("if-match", tag)], "d")), "PreconditionFailed");
    assert_eq!(code(&put(&[("if-none-match", tag)], "d")), "NotImplemented");
    assert_eq!(bob.s3("GET", &target, &[], "").body, b"c");
}
