//! The domains of user pools.
//!
//! Witnesses: botocore 1.44.5, `UserPoolType$Domain` and `DomainDescriptionType`; AWS's example of `DeleteUserPool` for the refusal;
//! answers of the service in the wild for the forms ("CloudFrontDistribution": "d3oia8etllorh5.cloudfront.net",
//! "S3Bucket": "aws-cognito-prod-iad-assets", "Version": "20171112172230"); Terraform's acceptance tests want all three.

use serde_json::{Value, json};

use crate::world::{POOL, World, assert_error};

fn pool(world: &World) -> Value {
    world.ok("CreateUserPool", json!({ "PoolName": "p" }))["UserPool"]["Id"].take()
}

#[test]
fn a_pool_shows_its_domain() {
    let world = World::new();
    let id = pool(&world);
    let domain = || world.ok("DescribeUserPool", json!({ "UserPoolId": id }))["UserPool"]["Domain"].take();
    assert_eq!(domain(), Value::Null);
    let named = json!({ "UserPoolId": id, "Domain": "my-prefix" });
    world.ok("CreateUserPoolDomain", named.clone());
    assert_eq!(domain(), "my-prefix");
    world.ok("DeleteUserPoolDomain", named);
    assert_eq!(domain(), Value::Null);
    let seeded = world.ok("DescribeUserPool", json!({ "UserPoolId": POOL }));
    assert_eq!(seeded["UserPool"]["Domain"], "poolpass-local");
}

#[test]
fn a_pool_with_a_domain_is_not_deleted() {
    let world = World::new();
    let id = pool(&world);
    let named = json!({ "UserPoolId": id, "Domain": "my-prefix" });
    world.ok("CreateUserPoolDomain", named.clone());
    let text = "User pool cannot be deleted. It has a domain configured that should be deleted first.";
    assert_error(world.err("DeleteUserPool", json!({ "UserPoolId": id })), "InvalidParameterException", text);
    world.ok("DeleteUserPoolDomain", named);
    world.ok("DeleteUserPool", json!({ "UserPoolId": id }));
}

#[test]
fn a_domain_is_described_as_aws_describes_it() {
    let world = World::new();
    let id = pool(&world);
    world.ok("CreateUserPoolDomain", json!({ "UserPoolId": id, "Domain": "my-prefix", "ManagedLoginVersion": 2 }));
    let described = world.ok("DescribeUserPoolDomain", json!({ "Domain": "my-prefix" }))["DomainDescription"].take();
    let expected = json!({
        "UserPoolId": id, "AWSAccountId": "000000000000", "Domain": "my-prefix", "Status": "ACTIVE",
        "CloudFrontDistribution": "d111111abcdef8.cloudfront.net", "S3Bucket": "aws-cognito-prod-local-assets",
        "Version": "20251106090503", "ManagedLoginVersion": 2,
    });
    assert_eq!(described, expected);
    let unknown = world.ok("DescribeUserPoolDomain", json!({ "Domain": "nobodys" }));
    assert_eq!(unknown, json!({ "DomainDescription": {} }));
}
