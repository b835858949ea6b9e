//! Tags of principals and of identity pools.
//!
//! Witnesses: botocore 1.44.8; IAM User Guide, "Passing session tags using AssumeRoleWithWebIdentity", for the claim.

use serde_json::{Value, json};

use crate::identity_world::{IDENTITIES, LOGIN};
use crate::world::{World, claims};

const ARN: &str =
    "arn:aws:cognito-identity:eu-west-1:000000000000:identitypool/eu-west-1:00000000-0000-4000-8000-000000000001";

fn map(more: Value) -> Value {
    let mut body = more;
    (body["IdentityPoolId"], body["IdentityProviderName"]) = (json!(IDENTITIES), json!(LOGIN));
    body
}

#[test]
fn mappings_are_kept_and_show_in_tokens() {
    let world = World::new();
    let get = || world.identity_ok("GetPrincipalTagAttributeMap", map(json!({})));
    assert_eq!(get(), map(json!({ "UseDefaults": false, "PrincipalTags": {} })));
    let tags = json!({ "mail": "email", "none": "nothing" });
    let set = world.identity_ok("SetPrincipalTagAttributeMap", map(json!({ "PrincipalTags": tags })));
    assert_eq!(set, map(json!({ "UseDefaults": false, "PrincipalTags": tags })));
    assert_eq!(get(), set);
    let logins = world.logins("alice");
    let id = world.get_id(&logins);
    let token = |logins: &Value| {
        let reply = world.identity_ok("GetOpenIdToken", json!({ "IdentityId": id, "Logins": logins }));
        claims(&reply["Token"])["https://aws.amazon.com/tags"].take()
    };
    assert_eq!(token(&logins), json!({ "principal_tags": { "mail": ["alice@example.com"] } }));
    let defaults = world.identity_ok("SetPrincipalTagAttributeMap", map(json!({ "UseDefaults": true })));
    assert_eq!(defaults["PrincipalTags"], json!({ "client": "aud", "username": "sub" }));
    assert_eq!(token(&logins)["principal_tags"]["client"], json!([crate::world::WEB]));
    world.identity_ok("SetPrincipalTagAttributeMap", map(json!({})));
    assert_eq!(token(&logins), Value::Null);
    let both = map(json!({ "UseDefaults": true, "PrincipalTags": { "a": "b" } }));
    assert_eq!(world.identity_err("SetPrincipalTagAttributeMap", both).0, "InvalidParameterException");
}

#[test]
fn a_back_end_may_name_tags() {
    let world = World::new();
    let body = json!({
        "IdentityPoolId": IDENTITIES, "Logins": { "login.poolpass.local": "u" }, "PrincipalTags": { "team": "a" },
    });
    let reply = world.identity_ok("GetOpenIdTokenForDeveloperIdentity", body);
    let expected = json!({ "principal_tags": { "team": ["a"] } });
    assert_eq!(claims(&reply["Token"])["https://aws.amazon.com/tags"], expected);
}

#[test]
fn identity_pools_have_tags() {
    let world = World::new();
    let list = || world.identity_ok("ListTagsForResource", json!({ "ResourceArn": ARN }))["Tags"].take();
    assert_eq!(list(), json!({}));
    world.identity_ok("TagResource", json!({ "ResourceArn": ARN, "Tags": { "a": "1", "b": "2" } }));
    world.identity_ok("UntagResource", json!({ "ResourceArn": ARN, "TagKeys": ["a"] }));
    assert_eq!(list(), json!({ "b": "2" }));
    let shown = world.identity_ok("DescribeIdentityPool", json!({ "IdentityPoolId": IDENTITIES }));
    assert_eq!(shown["IdentityPoolTags"], json!({ "b": "2" }));
    let many: Value = (0..50).map(|n| (format!("k{n}"), json!("v"))).collect::<serde_json::Map<_, _>>().into();
    let body = json!({ "ResourceArn": ARN, "Tags": many });
    assert_eq!(world.identity_err("TagResource", body).0, "InvalidParameterException");
    for (operation, more) in [
        ("TagResource", json!({ "Tags": { "a": "b" } })),
        ("UntagResource", json!({ "TagKeys": ["a"] })),
        ("ListTagsForResource", json!({})),
    ] {
        for (arn, kind) in [
            (ARN.replace("000000000001", "000000000002"), "ResourceNotFoundException"),
            (ARN.replace(":000000000000:", ":000000000001:"), "ResourceNotFoundException"),
            (ARN.replace("identitypool", "userpool"), "InvalidParameterException"),
        ] {
            let mut body = more.clone();
            body["ResourceArn"] = json!(arn);
            assert_eq!(world.identity_err(operation, body).0, kind, "{operation} {arn}");
        }
    }
}
