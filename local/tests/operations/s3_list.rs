//! S3: `ListObjectsV2` and `ListBuckets`.

use crate::dynamodb_world::{Caller, open_world};
use crate::s3_world::{all, code, text};
use crate::world::World;

fn filled(world: &World) -> Caller<'_> {
    let bob = Caller::user(world, "bob");
    for key in ["a", "b/1", "b/2", "b/c/3", "b.d", "d/4", "e", "%C3%A9"] {
        bob.put_text(&format!("/poolpass-notes/t/{key}"), key);
    }
    bob
}

#[test]
fn keys_and_groups_come_in_order() {
    let world = open_world();
    let bob = filled(&world);
    for (query, keys, groups) in [
        ("prefix=t%2F", &["t/a", "t/b.d", "t/b/1", "t/b/2", "t/b/c/3", "t/d/4", "t/e", "t/é"][..], &[][..]),
        ("delimiter=%2F&prefix=t%2F", &["t/a", "t/b.d", "t/e", "t/é"], &["t/b/", "t/d/"]),
        ("delimiter=%2F&prefix=t%2Fb%2F", &["t/b/1", "t/b/2"], &["t/b/c/"]),
        ("delimiter=%2F", &[], &["shared/", "t/"]),
        ("prefix=t%2F&start-after=t%2Fb%2F2", &["t/b/c/3", "t/d/4", "t/e", "t/é"], &[]),
        ("encoding-type=url&prefix=t%2F%C3%A9", &["t/%C3%A9"], &[]),
        ("prefix=none", &[], &[]),
    ] {
        let mut pairs: Vec<&str> = query.split('&').chain(["list-type=2"]).collect();
        pairs.sort_unstable();
        let reply = bob.s3("GET", &format!("/poolpass-notes?{}", pairs.join("&")), &[], "");
        assert_eq!(reply.status, 200, "{}", text(&reply));
        assert_eq!(all(&reply, "Key"), keys, "{query}");
        let mut found = all(&reply, "Prefix");
        // The first is what was asked for.
        found.remove(0);
        assert_eq!(found, groups, "{query}");
        assert_eq!(all(&reply, "KeyCount"), [(keys.len() + groups.len()).to_string()]);
        assert_eq!(all(&reply, "IsTruncated"), ["false"]);
    }
}

#[test]
fn an_entry_tells_about_the_object() {
    let world = open_world();
    let bob = filled(&world);
    let reply = bob.s3("GET", "/poolpass-notes?fetch-owner=true&list-type=2&prefix=t%2Fe", &[], "");
    let expected = "<Contents><Key>t/e</Key><LastModified>2025-11-06T09:05:03.000Z</LastModified>\
                    <ETag>&quot;e1671797c52e15f763380b45e841ec32&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>\
                    <ChecksumType>FULL_OBJECT</ChecksumType><Size>1</Size><Owner><ID>000000000000</ID></Owner>\
                    <StorageClass>STANDARD</StorageClass></Contents>";
    assert!(text(&reply).contains(expected), "{}", text(&reply));
}

#[test]
fn pages_follow_each_other() {
    let world = open_world();
    let bob = filled(&world);
    for (delimiter, expected) in [
        ("", &["t/a", "t/b.d", "t/b/1", "t/b/2", "t/b/c/3", "t/d/4", "t/e", "t/é"][..]),
        ("delimiter=%2F&", &["t/a", "t/b.d", "t/b/", "t/d/", "t/e", "t/é"]),
    ] {
        for most in 1..=9 {
            let (mut found, mut token) = (Vec::new(), String::new());
            for page in 0.. {
                assert!(page < 10, "pages end");
                let target = format!("/poolpass-notes?{token}{delimiter}list-type=2&max-keys={most}&prefix=t%2F");
                let reply = bob.s3("GET", &target, &[], "");
                let mut part = [all(&reply, "Key"), all(&reply, "Prefix").split_off(1)].concat();
                assert!(part.len() <= most);
                part.sort();
                found.extend(part);
                match all(&reply, "NextContinuationToken").pop() {
                    Some(next) => token = format!("continuation-token={next}&"),
                    None => break,
                }
                assert_eq!(all(&reply, "IsTruncated"), ["true"]);
            }
            assert_eq!(found, expected, "{most}");
        }
    }
    assert_eq!(all(&bob.s3("GET", "/poolpass-notes?list-type=2&max-keys=0", &[], ""), "IsTruncated"), ["false"]);
    for query in [
        "list-type=2&max-keys=x",
        "continuation-token=%21&list-type=2",
        "encoding-type=xml&list-type=2",
        "list-type=2&max-keys=-1",
    ] {
        assert_eq!(code(&bob.s3("GET", &format!("/poolpass-notes?{query}"), &[], "")), "InvalidArgument", "{query}");
    }
}

#[test]
fn buckets_are_listed() {
    let world = open_world();
    let bob = Caller::user(&world, "bob");
    assert_eq!(all(&bob.s3("GET", "/", &[], ""), "Name"), ["poolpass-notes"]);
    let head = bob.s3("HEAD", "/poolpass-notes", &[], "");
    assert_eq!((head.status, head.header("x-amz-bucket-region")), (200, Some("eu-west-1")));
    assert_eq!(bob.s3("HEAD", "/another-bucket", &[], "").status, 404);
}
