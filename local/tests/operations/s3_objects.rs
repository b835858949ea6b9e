//! S3: objects are put, read and deleted.

use serde_json::{Value, json};

use crate::dynamodb_world::{Caller, open_world};
use crate::s3_world::{WELCOME, all, code, text};
use crate::signer::Signed;
use crate::world::World;

#[test]
fn an_object_comes_back_with_what_was_said_about_it() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let target = bob.own("a");
    let headers = [
        ("cache-control", "no-cache"),
        ("content-disposition", "attachment"),
        ("content-encoding", "gzip"),
        ("content-language", "en"),
        ("content-type", "text/x-note"),
        ("expires", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("x-amz-meta-colour", "blue"),
    ];
    let put = bob.s3("PUT", &target, &headers, "hello");
    assert_eq!(put.header("ETag"), Some("\"5d41402abc4b2a76b9719d911017c592\""));
    assert_eq!(put.header("x-amz-checksum-type"), Some("FULL_OBJECT"));
    let get = bob.s3("GET", &target, &[], "");
    assert_eq!(text(&get), "hello");
    for (name, value) in headers {
        assert_eq!(get.header(name), Some(value), "{name}");
    }
    assert_eq!(get.header("Last-Modified"), Some("Thu, 06 Nov 2025 09:05:03 GMT"));
    assert_eq!((get.header("ETag"), get.header("Accept-Ranges")), (put.header("ETag"), Some("bytes")));
    assert_eq!(get.header("x-amz-checksum-crc64nvme"), None, "nobody asked");
    let head = bob.s3("HEAD", &target, &[("x-amz-checksum-mode", "ENABLED")], "");
    assert_eq!((head.status, head.header("Content-Length")), (200, Some("5")));
    assert_eq!(head.header("x-amz-checksum-crc64nvme"), put.header("x-amz-checksum-crc64nvme"));
    assert_eq!(bob.s3("DELETE", &target, &[], "").status, 204);
    assert_eq!(bob.s3("DELETE", &target, &[], "").status, 204, "as if it had been there");
    assert_eq!(bob.s3("GET", &target, &[], "").status, 403);
}

#[test]
fn keys_are_taken_as_they_are() {
    let world = open_world();
    let bob = Caller::user(&world, "bob");
    let keys = [
        "a%20b",
        "a+b",
        "a%2Bb%21%27%28%29%2A",
        "%E7%94%A8/%F0%9F%98%80",
        "x//y/../z/.",
        "%25",
        "a%26b%3Dc",
        "/lead",
        "tail/",
    ];
    for (number, key) in keys.iter().enumerate() {
        // The signer of the test takes the path as it is: "+" must be sent encoded.
        let target = format!("/poolpass-notes/keys/{}", key.replace('+', "%2B"));
        bob.put_text(&target, &number.to_string());
    }
    for (number, key) in keys.iter().enumerate() {
        let target = format!("/poolpass-notes/keys/{}", key.replace('+', "%2B"));
        assert_eq!(text(&bob.s3("GET", &target, &[], "")), number.to_string(), "{key}");
    }
    let listed = all(&bob.s3("GET", "/poolpass-notes?list-type=2&prefix=keys%2F", &[], ""), "Key");
    let mut expected: Vec<String> =
        ["a b", "a+b", "a+b!&#39;()*", "用/😀", "x//y/../z/.", "%", "a&amp;b=c", "/lead", "tail/"]
            .map(|key| format!("keys/{key}"))
            .to_vec();
    expected.sort();
    let mut sorted = listed;
    sorted.sort();
    assert_eq!(sorted, expected);
    assert_eq!(code(&bob.s3("PUT", &format!("/poolpass-notes/{}", "x".repeat(1025)), &[], "")), "KeyTooLongError");
    assert_eq!(code(&bob.s3("GET", "/poolpass-notes/%FF", &[], "")), "InvalidURI");
}

#[test]
fn buckets_are_found_by_host_too() {
    let world = World::new();
    let guest = Caller::guest(&world);
    for (host, target) in [
        ("poolpass-notes.s3.localhost:9400", "/shared/welcome.txt"),
        ("poolpass-notes.localhost:9400", "/shared/welcome.txt"),
        ("s3.localhost:9400", WELCOME),
        ("127.0.0.1:9400", WELCOME),
    ] {
        assert_eq!(guest.s3("GET", target, &[("host", host)], "").status, 200, "{host}");
    }
    let other = guest.s3("GET", "/a", &[("host", "another.s3.localhost:9400")], "");
    assert_eq!(code(&other), "NoSuchBucket");
}

#[test]
fn a_range_is_a_part() {
    let world = World::new();
    let guest = Caller::guest(&world);
    let part = guest.s3("GET", WELCOME, &[("range", "bytes=10-12"), ("x-amz-checksum-mode", "ENABLED")], "");
    assert_eq!((part.status, text(&part).as_str()), (206, "can"));
    assert_eq!(part.header("Content-Range"), Some("bytes 10-12/53"));
    assert_eq!(part.header("x-amz-checksum-type"), None, "a checksum is of the whole");
    let head = guest.s3("HEAD", WELCOME, &[("range", "bytes=-3")], "");
    assert_eq!((head.status, head.header("Content-Length")), (206, Some("3")));
    let beyond = guest.s3("GET", WELCOME, &[("range", "bytes=53-")], "");
    assert_eq!((beyond.status, code(&beyond).as_str()), (416, "InvalidRange"));
    assert!(text(&beyond).contains("<ActualObjectSize>53</ActualObjectSize>"));
    assert_eq!(guest.s3("GET", WELCOME, &[("range", "bytes=0-1,3-4")], "").status, 200);
}

#[test]
fn uploads_are_checked() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let put = |headers: &[(&str, &str)]| bob.s3("PUT", &bob.own("a"), headers, "hello");
    for headers in [
        &[("x-amz-checksum-crc32", "NhCmhg=="), ("x-amz-sdk-checksum-algorithm", "CRC32")][..],
        &[("x-amz-checksum-crc32c", "mnG7TA==")],
        &[("x-amz-checksum-sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00=")],
        &[("x-amz-checksum-sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=")],
        &[("content-md5", "XUFAKrxLKna5cZ2REBfFkg==")],
        &[("x-amz-content-sha256", "UNSIGNED-PAYLOAD")],
    ] {
        let stored = put(headers);
        assert_eq!(stored.status, 200, "{headers:?}: {}", text(&stored));
        if let Some((name, value)) = headers.iter().find(|(name, _)| name.starts_with("x-amz-checksum-")) {
            assert_eq!(stored.header(name), Some(*value));
            assert_eq!(
                bob.s3("GET", &bob.own("a"), &[("x-amz-checksum-mode", "ENABLED")], "").header(name),
                Some(*value)
            );
        }
    }
    for (headers, expected) in [
        (&[("x-amz-checksum-crc32", "AAAAAA==")][..], "BadDigest"),
        (&[("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==")], "BadDigest"),
        (&[("x-amz-checksum-crc32", "NhCmhg=="), ("x-amz-checksum-crc32c", "mnG7TA==")], "InvalidRequest"),
        (&[("x-amz-checksum-crc32", "NhCmhg=="), ("x-amz-sdk-checksum-algorithm", "SHA1")], "InvalidRequest"),
        (&[("x-amz-sdk-checksum-algorithm", "CRC32")], "InvalidRequest"),
        (&[("x-amz-meta-a", &"x".repeat(2049))], "MetadataTooLarge"),
        (&[("x-amz-acl", "public-read")], "NotImplemented"),
        (&[("x-amz-copy-source", "a/b")], "NotImplemented"),
        (&[("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")], "NotImplemented"),
        (&[("x-amz-expected-bucket-owner", "111111111111")], "AccessDenied"),
    ] {
        assert_eq!(code(&put(headers)), expected, "{headers:?}");
    }
}

#[test]
fn streams_end_with_a_checksum() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let headers = [
        ("content-encoding", "aws-chunked"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "5"),
        ("x-amz-sdk-checksum-algorithm", "CRC32"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
    ];
    let put = |body: &str| bob.s3("PUT", &bob.own("a"), &headers, body);
    let stored = put("3\r\nhel\r\n2\r\nlo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n");
    assert_eq!(stored.status, 200, "{}", text(&stored));
    assert_eq!(stored.header("x-amz-checksum-crc32"), Some("NhCmhg=="));
    let get = bob.s3("GET", &bob.own("a"), &[], "");
    assert_eq!((text(&get).as_str(), get.header("Content-Encoding")), ("hello", None));
    for (body, expected) in [
        ("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "BadDigest"),
        ("5\r\nhello\r\n0\r\n\r\n", "MalformedTrailerError"),
        ("4\r\nhell\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "IncompleteBody"),
        ("5\r\nhel", "IncompleteBody"),
    ] {
        assert_eq!(code(&put(body)), expected, "{body:?}");
    }
    assert_eq!(text(&bob.s3("GET", &bob.own("a"), &[], "")), "hello", "a refused upload changes nothing");
}

#[test]
fn what_is_not_supported_is_refused_by_name() {
    let world = open_world();
    let bob = Caller::user(&world, "bob");
    for (method, target, word) in [
        ("GET", "/poolpass-notes", "ListObjectsV2"),
        ("GET", "/poolpass-notes?acl=", "ListObjectsV2"),
        ("PUT", "/new-bucket", "made by the configuration"),
        ("POST", "/poolpass-notes?delete=", "PutObject"),
        ("POST", "/poolpass-notes/a?uploads=", "PutObject"),
        ("GET", "/poolpass-notes/a?tagging=", "the query parameter tagging"),
        ("PUT", "/poolpass-notes/a?partNumber=1&uploadId=2", "the query parameter partNumber"),
        ("GET", "/poolpass-notes/a?versionId=1", "the query parameter versionId"),
    ] {
        let response = bob.s3(method, target, &[], "");
        assert_eq!((response.status, code(&response).as_str()), (501, "NotImplemented"), "{method} {target}");
        assert!(text(&response).contains(word), "{}", text(&response));
    }
    assert_eq!(code(&bob.s3("PATCH", "/poolpass-notes/a", &[], "")), "MethodNotAllowed");
}

#[test]
fn faults_can_be_ordered_and_reset_brings_objects_back() {
    let world = World::new();
    let alice = Caller::user(&world, "alice");
    world.control("POST", "faults", json!({ "operation": "PutObject", "kind": "error", "status": 503 }));
    let refused = alice.s3("PUT", WELCOME, &[], "x");
    assert_eq!((refused.status, code(&refused).as_str()), (503, "SlowDown"));
    assert_eq!(alice.s3("PUT", WELCOME, &[], "x").status, 200);
    assert_eq!(alice.s3("DELETE", WELCOME, &[], "").status, 204);
    let shown = |world: &World| world.control("GET", "config", Value::Null)["buckets"].take();
    assert_eq!(shown(&world), json!([{ "bucket": "poolpass-notes", "objectCount": 0 }]));
    world.control("POST", "reset", json!({}));
    assert_eq!(shown(&world)[0]["objectCount"], 1);
}

#[test]
fn a_signature_for_another_service_or_region_is_refused() {
    let world = World::new();
    let guest = Caller::guest(&world);
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    for (service, region) in [("execute-api", "eu-west-1"), ("s3", "us-east-1")] {
        let mut signed = Signed::new(&guest.keys, service, "GET", WELCOME);
        signed.region = region;
        signed.headers = vec![("x-amz-content-sha256", hash)];
        let response = world.emulator.handle(signed.request());
        assert_eq!(
            (response.status, code(&response).as_str()),
            (400, "AuthorizationHeaderMalformed"),
            "{service} {region}"
        );
    }
}
