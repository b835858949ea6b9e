//! The domains of user pools.
//!
//! Witnesses: botocore 1.44.8, `UserPoolType$Domain` and `DomainDescriptionType`; AWS's example of `DeleteUserPool` for the refusal;
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

const CERTIFICATE: &str = "arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-4000-8000-000000000000";

#[test]
fn a_pool_may_have_a_custom_domain_beside_its_prefix() {
    let world = World::new();
    let id = pool(&world);
    let named = |domain: &str, more: Value| {
        let mut body = more;
        (body["UserPoolId"], body["Domain"]) = (id.clone(), json!(domain));
        body
    };
    world.ok("CreateUserPoolDomain", named("my-prefix", json!({})));
    let config = json!({ "CustomDomainConfig": { "CertificateArn": CERTIFICATE } });
    let made = world.ok("CreateUserPoolDomain", named("auth.example.com", config.clone()));
    assert_eq!(made, json!({ "ManagedLoginVersion": 1, "CloudFrontDomain": "d111111abcdef8.cloudfront.net" }));
    let shown = world.ok("DescribeUserPool", json!({ "UserPoolId": id }))["UserPool"].take();
    assert_eq!((&shown["Domain"], &shown["CustomDomain"]), (&json!("my-prefix"), &json!("auth.example.com")));
    let described =
        world.ok("DescribeUserPoolDomain", json!({ "Domain": "auth.example.com" }))["DomainDescription"].take();
    assert_eq!(described["CustomDomainConfig"], config["CustomDomainConfig"]);
    // It is taken everywhere, not only in this region.
    let other = world.call_in("us-east-1", "CreateUserPool", json!({ "PoolName": "p" })).body["UserPool"]["Id"].clone();
    let mut taken = named("auth.example.com", config.clone());
    taken["UserPoolId"] = other;
    let reply = world.call_in("us-east-1", "CreateUserPoolDomain", taken);
    assert_eq!(reply.text("message"), "Domain already associated with another user pool.");
    let second = world.err("CreateUserPoolDomain", named("login.example.com", config));
    assert_error(second, "InvalidParameterException", "User pool already has a domain configured.");
    world.ok("DeleteUserPoolDomain", named("my-prefix", json!({})));
    assert_eq!(world.err("DeleteUserPool", json!({ "UserPoolId": id })).0, "InvalidParameterException");
    world.ok("DeleteUserPoolDomain", named("auth.example.com", json!({})));
    world.ok("DeleteUserPool", json!({ "UserPoolId": id }));
}

#[test]
fn a_domain_is_updated() {
    let world = World::new();
    let id = pool(&world);
    let named = |domain: &str, more: Value| {
        let mut body = more;
        (body["UserPoolId"], body["Domain"]) = (id.clone(), json!(domain));
        body
    };
    world.ok("CreateUserPoolDomain", named("my-prefix", json!({})));
    let config =
        |policy: &str| json!({ "CustomDomainConfig": { "CertificateArn": CERTIFICATE, "SecurityPolicy": policy } });
    world.ok("CreateUserPoolDomain", named("auth.example.com", config("TLS_V1_2_2021")));
    world.advance(60);
    let updated = world.ok("UpdateUserPoolDomain", named("my-prefix", json!({ "ManagedLoginVersion": 2 })));
    assert_eq!(updated, json!({ "ManagedLoginVersion": 2 }));
    let describe =
        |domain: &str| world.ok("DescribeUserPoolDomain", json!({ "Domain": domain }))["DomainDescription"].take();
    assert_eq!(
        (&describe("my-prefix")["ManagedLoginVersion"], &describe("my-prefix")["Version"]),
        (&json!(2), &json!("20251106090603"))
    );
    let updated = world.ok("UpdateUserPoolDomain", named("auth.example.com", config("TLS_V1_3_2025")));
    assert!(updated["CloudFrontDomain"].is_string());
    assert_eq!(describe("auth.example.com")["CustomDomainConfig"], config("TLS_V1_3_2025")["CustomDomainConfig"]);
    assert_eq!(describe("auth.example.com")["ManagedLoginVersion"], 1, "what is not given stays");
    for (body, kind) in [
        (named("my-prefix", config("TLS_V1")), "InvalidParameterException"),
        (named("my-prefix", json!({ "ManagedLoginVersion": 3 })), "InvalidParameterException"),
        (named("nobodys", json!({})), "ResourceNotFoundException"),
    ] {
        assert_eq!(world.err("UpdateUserPoolDomain", body).0, kind);
    }
}

#[test]
fn domains_that_cannot_be_are_refused() {
    let world = World::new();
    let id = pool(&world);
    let routing = json!({ "Failover": { "SecondaryRegion": "us-east-1", "PrimaryRoute53HealthCheckId": "x" } });
    for (domain, more) in [
        ("my.prefix", json!({})),
        ("my-aws-prefix", json!({})),
        ("cognito-login", json!({})),
        ("prefix", json!({ "ManagedLoginVersion": 0 })),
        ("prefix", json!({ "Routing": routing })),
        ("prefix", json!({ "CustomDomainConfig": { "CertificateArn": CERTIFICATE } })),
        (
            "auth.example.com",
            json!({ "CustomDomainConfig": { "CertificateArn": CERTIFICATE.replace("us-east-1", "eu-west-1") } }),
        ),
    ] {
        let mut body = more;
        (body["UserPoolId"], body["Domain"]) = (id.clone(), json!(domain));
        assert_eq!(world.err("CreateUserPoolDomain", body.clone()).0, "InvalidParameterException", "{body}");
    }
}

#[test]
fn managed_login_needs_a_plan() {
    let world = World::new();
    let lite = world.ok("CreateUserPool", json!({ "PoolName": "p", "UserPoolTier": "LITE" }))["UserPool"]["Id"].take();
    let body = json!({ "UserPoolId": lite, "Domain": "my-prefix", "ManagedLoginVersion": 2 });
    assert_eq!(world.err("CreateUserPoolDomain", body.clone()).0, "FeatureUnavailableInTierException");
    world.ok("CreateUserPoolDomain", json!({ "UserPoolId": lite, "Domain": "my-prefix" }));
    assert_eq!(world.err("UpdateUserPoolDomain", body).0, "FeatureUnavailableInTierException");
}
