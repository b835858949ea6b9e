//! Tags of user pools.

use serde_json::{Value, json};

use crate::world::{POOL, World};

const ARN: &str = "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_PoolPass1";

#[test]
fn tags_are_added_listed_and_removed() {
    let world = World::new();
    let list = || world.ok("ListTagsForResource", json!({ "ResourceArn": ARN }))["Tags"].take();
    assert_eq!(list(), json!({}));
    let tags = json!({ "a": "1", "b": "2" });
    assert_eq!(world.ok("TagResource", json!({ "ResourceArn": ARN, "Tags": tags })), json!({}));
    world.ok("TagResource", json!({ "ResourceArn": ARN, "Tags": { "b": "3" } }));
    assert_eq!(list(), json!({ "a": "1", "b": "3" }));
    let pool = world.ok("DescribeUserPool", json!({ "UserPoolId": POOL }));
    assert_eq!(pool["UserPool"]["UserPoolTags"], json!({ "a": "1", "b": "3" }));
    assert_eq!(pool["UserPool"]["Arn"], ARN);
    assert_eq!(world.ok("UntagResource", json!({ "ResourceArn": ARN, "TagKeys": ["a", "nothing"] })), json!({}));
    assert_eq!(list(), json!({ "b": "3" }));
}

#[test]
fn other_resources_have_none() {
    let world = World::new();
    let body = |arn: &str| json!({ "ResourceArn": arn, "Tags": { "a": "b" }, "TagKeys": ["a"] });
    let with = |operation: &str, arn: &str| {
        let mut body = body(arn);
        let kept = match operation {
            "TagResource" => "Tags",
            "UntagResource" => "TagKeys",
            _ => "",
        };
        body.as_object_mut().unwrap().retain(|name, _| name == "ResourceArn" || name == kept);
        world.err(operation, body).0
    };
    for operation in ["TagResource", "UntagResource", "ListTagsForResource"] {
        for (arn, kind) in [
            (ARN.replace("PoolPass1", "NoSuchPool"), "ResourceNotFoundException"),
            (ARN.replace("000000000000", "000000000001"), "ResourceNotFoundException"),
            (ARN.replace("userpool/eu-west-1_", "userpool/us-east-1_"), "ResourceNotFoundException"),
            (ARN.replace("cognito-idp", "cognito-identity"), "InvalidParameterException"),
            (ARN.replace("userpool", "identitypool"), "InvalidParameterException"),
        ] {
            assert_eq!(with(operation, &arn), kind, "{operation} {arn}");
        }
    }
    // In the region of the call only.
    let elsewhere = world.call_in("us-east-1", "ListTagsForResource", json!({ "ResourceArn": ARN }));
    assert_eq!(elsewhere.text("__type"), "ResourceNotFoundException");
}

#[test]
fn there_are_at_most_fifty() {
    let world = World::new();
    let tags: Value = (0..50).map(|n| (format!("k{n}"), json!("v"))).collect::<serde_json::Map<_, _>>().into();
    world.ok("TagResource", json!({ "ResourceArn": ARN, "Tags": tags }));
    let more = json!({ "ResourceArn": ARN, "Tags": { "k50": "v" } });
    assert_eq!(world.err("TagResource", more).0, "InvalidParameterException");
    let mut all = tags;
    all["k50"] = json!("v");
    let error = world.err("CreateUserPool", json!({ "PoolName": "p", "UserPoolTags": all }));
    assert_eq!(error.0, "UserPoolTaggingException");
}
