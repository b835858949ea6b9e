//! S3: presigned URLs.

use crate::dynamodb_world::Caller;
use crate::s3_world::{WELCOME, WELCOME_TEXT, check, code, text};
use crate::signer::Signed;
use crate::world::World;

#[test]
fn a_url_reads_and_another_writes() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let read = Signed::new(&bob.keys, "s3", "GET", WELCOME).presigned(60);
    assert_eq!(text(&world.emulator.handle(read)), WELCOME_TEXT);
    let target = bob.own("a");
    let mut write = Signed::new(&bob.keys, "s3", "PUT", &target).presigned(60);
    write.body = b"any body".to_vec();
    write.headers.push(("Content-Type".into(), "text/plain".into()));
    assert_eq!(world.emulator.handle(write).status, 200);
    let get = bob.s3("GET", &target, &[], "");
    assert_eq!((text(&get).as_str(), get.header("Content-Type")), ("any body", Some("text/plain")));
    let shared = Signed::new(&bob.keys, "s3", "PUT", WELCOME).presigned(60);
    assert_eq!(code(&world.emulator.handle(shared)), "AccessDenied", "a URL can do what its maker may");
}

#[test]
fn a_url_may_name_headers() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let target = format!("{WELCOME}?response-content-disposition=attachment&response-content-type=text%2Fx");
    let get = world.emulator.handle(Signed::new(&bob.keys, "s3", "GET", &target).presigned(60));
    check("GET", &get);
    assert_eq!((get.header("Content-Disposition"), get.header("Content-Type")), (Some("attachment"), Some("text/x")));
    // As SDKs make URLs of a body that they don't know yet.
    let own = format!(
        "{}?x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-meta-a=b&x-amz-sdk-checksum-algorithm=CRC32&x-id=PutObject",
        bob.own("m")
    );
    let mut put = Signed::new(&bob.keys, "s3", "PUT", &own).presigned(60);
    put.body = b"body".to_vec();
    let response = world.emulator.handle(put);
    assert_eq!(response.status, 200, "{}", text(&response));
    assert_eq!(bob.s3("HEAD", &bob.own("m"), &[], "").header("x-amz-meta-a"), Some("b"));
    let acl = format!("{}?x-amz-acl=public-read", bob.own("m"));
    let response = world.emulator.handle(Signed::new(&bob.keys, "s3", "PUT", &acl).presigned(60));
    assert_eq!(code(&response), "NotImplemented");
}

#[test]
fn a_url_ends_by_its_own_time_and_with_its_credentials() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let (short, long) = (
        Signed::new(&bob.keys, "s3", "GET", WELCOME).presigned(60),
        Signed::new(&bob.keys, "s3", "GET", WELCOME).presigned(604_800),
    );
    world.advance(59);
    assert_eq!(world.emulator.handle(short.clone()).status, 200);
    world.advance(1);
    let over = world.emulator.handle(short);
    assert_eq!((over.status, code(&over).as_str()), (403, "AccessDenied"));
    assert!(text(&over).contains("<Message>Request has expired</Message>"), "{}", text(&over));
    world.advance(3539);
    assert_eq!(world.emulator.handle(long.clone()).status, 200);
    world.advance(1);
    assert_eq!(code(&world.emulator.handle(long)), "ExpiredToken");
}

#[test]
fn a_changed_url_is_refused() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let good = Signed::new(&bob.keys, "s3", "GET", WELCOME).presigned(60);
    for (from, to) in [("welcome", "other"), ("X-Amz-Expires=60", "X-Amz-Expires=61"), ("GET", "HEAD")] {
        let mut changed = good.clone();
        changed.target = changed.target.replace(from, to);
        changed.method = changed.method.replace(from, to);
        let response = world.emulator.handle(changed);
        assert_eq!(response.status, 403, "{from}");
        if to != "HEAD" {
            assert_eq!(code(&response), "SignatureDoesNotMatch");
        }
    }
    let mut unsigned = good;
    unsigned.headers.push(("x-amz-meta-a".into(), "b".into()));
    assert_eq!(code(&world.emulator.handle(unsigned)), "AccessDenied", "headers of S3 must be signed");
}
