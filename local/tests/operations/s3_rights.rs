//! S3: who may do what with whose objects, and what is told to others.

use serde_json::{Value, json};

use crate::dynamodb_world::{Caller, open_world};
use crate::s3_world::{WELCOME, WELCOME_TEXT, code, text};
use crate::world::World;

#[test]
fn guests_read_what_is_shared_users_write_their_own_and_editors_both() {
    let world = World::new();
    let (guest, bob, alice) = (Caller::guest(&world), Caller::user(&world, "bob"), Caller::user(&world, "alice"));
    let shared = "/poolpass-notes/shared/new.txt";
    for (caller, target, may_read, may_write) in [
        (&guest, shared, true, false),
        (&guest, &guest.own("a"), false, false),
        (&bob, shared, true, false),
        (&bob, &bob.own("a"), true, true),
        (&bob, &alice.own("a"), false, false),
        (&alice, shared, true, true),
        (&alice, &alice.own("a"), true, true),
        (&alice, &bob.own("a"), false, false),
    ] {
        if may_read && !may_write {
            alice.put_text(target, "x");
        }
        let put = caller.s3("PUT", target, &[], "mine");
        assert_eq!(put.status, if may_write { 200 } else { 403 }, "PUT {target}");
        let get = caller.s3("GET", target, &[], "");
        assert_eq!(get.status, if may_read { 200 } else { 403 }, "GET {target}");
        assert_eq!(caller.s3("HEAD", target, &[], "").status, get.status);
        let delete = caller.s3("DELETE", target, &[], "");
        assert_eq!(delete.status, if may_write { 204 } else { 403 }, "DELETE {target}");
        for refused in [put, get, delete].iter().filter(|response| response.status == 403) {
            assert_eq!(code(refused), "AccessDenied");
            assert!(text(refused).contains("is not authorized to perform: s3:"), "{}", text(refused));
        }
    }
}

#[test]
fn a_text_of_the_refusal_names_the_object() {
    let world = World::new();
    let guest = Caller::guest(&world);
    let refused = guest.s3("PUT", WELCOME, &[], "mine");
    let expected = "is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::poolpass-notes/shared/welcome.txt because no \
                    identity-based policy allows the s3:PutObject action";
    assert!(text(&refused).contains(expected), "{}", text(&refused));
    assert_eq!(text(&guest.s3("GET", WELCOME, &[], "")), WELCOME_TEXT);
}

#[test]
fn what_is_not_there_is_told_only_to_those_who_may_list() {
    let narrow = World::new();
    let alice = Caller::user(&narrow, "alice");
    // The right to list depends on a prefix here, which a GET has not.
    assert_eq!(code(&alice.s3("GET", "/poolpass-notes/shared/none", &[], "")), "AccessDenied");
    let open = open_world();
    let guest = Caller::guest(&open);
    let missing = guest.s3("GET", "/poolpass-notes/shared/none", &[], "");
    assert_eq!((missing.status, code(&missing).as_str()), (404, "NoSuchKey"));
    assert!(text(&missing).contains("<Key>shared/none</Key>"));
    assert_eq!(guest.s3("HEAD", "/poolpass-notes/shared/none", &[], "").status, 404);
    let missing = guest.s3("GET", "/another-bucket/a", &[], "");
    assert_eq!((missing.status, code(&missing).as_str()), (404, "NoSuchBucket"));
    assert_eq!(code(&Caller::guest(&narrow).s3("GET", "/another-bucket/a", &[], "")), "NoSuchBucket");
}

#[test]
fn a_list_needs_a_prefix_that_the_policy_names() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let own = format!("private%2F{}%2F", bob.id.replace(':', "%3A"));
    for (query, status) in [
        ("list-type=2&prefix=shared%2F", 200),
        (&format!("list-type=2&prefix={own}"), 200),
        ("list-type=2", 403),
        ("list-type=2&prefix=", 403),
        ("list-type=2&prefix=private%2F", 403),
    ] {
        assert_eq!(bob.s3("GET", &format!("/poolpass-notes?{query}"), &[], "").status, status, "{query}");
    }
    assert_eq!(bob.s3("GET", "/", &[], "").status, 403, "nobody may list all buckets");
    assert_eq!(bob.s3("HEAD", "/poolpass-notes", &[], "").status, 403);
}

#[test]
fn only_signatures_with_credentials_of_the_emulator_count() {
    let world = World::new();
    let mut guest = Caller::guest(&world);
    let anonymous = world.send("GET", WELCOME, "");
    assert_eq!((anonymous.status, code(&anonymous).as_str()), (403, "AccessDenied"));
    let wrong = guest.s3("PUT", WELCOME, &[("x-amz-content-sha256", &"0".repeat(64))], "x");
    assert_eq!((wrong.status, code(&wrong).as_str()), (400, "XAmzContentSHA256Mismatch"));
    let token = guest.keys["SessionToken"].take();
    guest.keys["SessionToken"] = json!("another");
    assert_eq!(code(&guest.s3("GET", WELCOME, &[], "")), "InvalidToken");
    guest.keys["SessionToken"] = token;
    let secret = guest.keys["SecretKey"].take();
    guest.keys["SecretKey"] = json!("another");
    let wrong = guest.s3("GET", WELCOME, &[], "");
    assert_eq!((wrong.status, code(&wrong).as_str()), (403, "SignatureDoesNotMatch"));
    guest.keys["SecretKey"] = secret;
    world.advance(901);
    let late = guest.s3("GET", WELCOME, &[], "");
    assert_eq!((late.status, code(&late).as_str()), (403, "RequestTimeTooSkewed"));
    assert!(text(&late).contains("<ServerTime>2025-11-06T09:20:04Z</ServerTime>"), "{}", text(&late));
    assert_eq!(late.header("Date"), Some("Thu, 06 Nov 2025 09:20:04 GMT"));
    world.advance(3600);
    let over = guest.s3("GET", WELCOME, &[], "");
    assert_eq!((over.status, code(&over).as_str()), (400, "ExpiredToken"));
    guest.keys["AccessKeyId"] = json!("AKIDEXAMPLE");
    assert_eq!(code(&guest.s3("GET", WELCOME, &[], "")), "InvalidAccessKeyId");
    let log = world.control("GET", "requests", Value::Null);
    let last = log["log"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["operation"], &last["errorType"]), (&json!("GetObject"), &json!("InvalidAccessKeyId")));
}
