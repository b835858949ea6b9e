//! Pools live in the region that a call is signed for.
//!
//! Witnesses: botocore 1.44.5, `CreateUserPool` at `cognito-idp.<region>.amazonaws.com`, ids `<region>_…` and `<region>:…`; moto 5.2.5,
//! which has one backend a region.

use serde_json::{Value, json};

use crate::identity_world::IDENTITIES;
use crate::world::{PASSWORD, POOL, World, assert_error, claims};

const WEST: &str = "us-west-2";
const HOME: &str = "eu-west-1";

#[track_caller]
fn ok(world: &World, region: &str, operation: &str, body: Value) -> Value {
    let reply = world.call_in(region, operation, body);
    assert_eq!(reply.http.status, 200, "{operation}: {}", reply.body);
    reply.body
}

fn error(world: &World, region: &str, operation: &str, body: Value) -> (String, String) {
    let reply = world.call_in(region, operation, body);
    assert_eq!(reply.http.status, 400, "{operation}: {}", reply.body);
    (reply.text("__type"), reply.text("message"))
}

#[test]
fn a_user_pool_is_made_and_seen_in_its_region_only() {
    let world = World::new();
    let made = ok(&world, WEST, "CreateUserPool", json!({ "PoolName": "p" }))["UserPool"].take();
    let id = made["Id"].as_str().unwrap();
    assert!(id.starts_with("us-west-2_"), "{id}");
    assert_eq!(made["Arn"], format!("arn:aws:cognito-idp:us-west-2:000000000000:userpool/{id}"));
    ok(&world, WEST, "DescribeUserPool", json!({ "UserPoolId": id }));
    for (region, pool) in [(HOME, id), (WEST, POOL), ("us-east-1", id)] {
        for operation in ["DescribeUserPool", "ListUsers", "DeleteUserPool"] {
            let text = format!("User pool {pool} does not exist.");
            let refused = error(&world, region, operation, json!({ "UserPoolId": pool }));
            assert_error(refused, "ResourceNotFoundException", &text);
        }
    }
    ok(&world, HOME, "DescribeUserPool", json!({ "UserPoolId": POOL }));
}

#[test]
fn user_pools_are_listed_by_region_in_pages() {
    let world = World::new();
    let list = |region, body| ok(&world, region, "ListUserPools", body);
    let mut made: Vec<Value> = (0..3)
        .map(|_| ok(&world, WEST, "CreateUserPool", json!({ "PoolName": "p" }))["UserPool"]["Id"].take())
        .collect();
    made.sort_by_key(Value::to_string);
    let first = list(WEST, json!({ "MaxResults": 2 }));
    let rest = list(WEST, json!({ "MaxResults": 2, "NextToken": first["NextToken"] }));
    let pages = [&first, &rest].map(|page| page["UserPools"].as_array().unwrap().clone());
    let ids: Vec<Value> = pages.concat().iter().map(|pool| pool["Id"].clone()).collect();
    assert_eq!((ids, rest.get("NextToken")), (made, None));
    let home = list(HOME, json!({ "MaxResults": 60 }));
    assert_eq!((home["UserPools"].as_array().unwrap().len(), &home["UserPools"][0]["Id"]), (3, &json!(POOL)));
    assert_eq!(list("us-east-1", json!({ "MaxResults": 60 })), json!({ "UserPools": [] }));
    let refused = error(&world, WEST, "ListUserPools", json!({ "MaxResults": 2, "NextToken": "x" }));
    assert_eq!(refused.0, "InvalidParameterException");
}

#[test]
fn browsers_name_a_client_and_need_no_region() {
    let world = World::new();
    let id = ok(&world, WEST, "CreateUserPool", json!({ "PoolName": "p" }))["UserPool"]["Id"].take();
    let settings = json!({ "UserPoolId": id, "ClientName": "c", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] });
    let client = ok(&world, WEST, "CreateUserPoolClient", settings)["UserPoolClient"]["ClientId"].take();
    ok(&world, WEST, "AdminCreateUser", json!({ "UserPoolId": id, "Username": "zoe", "MessageAction": "SUPPRESS" }));
    let set = json!({ "UserPoolId": id, "Username": "zoe", "Password": PASSWORD, "Permanent": true });
    ok(&world, WEST, "AdminSetUserPassword", set);
    let tokens = world.sign_in(client.as_str().unwrap(), "zoe", PASSWORD);
    let issuer = format!("https://cognito-idp.us-west-2.amazonaws.com/{}", id.as_str().unwrap());
    assert_eq!(claims(&tokens["IdToken"])["iss"], issuer);
    world.ok("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
}

#[test]
fn a_prefix_is_taken_in_its_region_only() {
    let world = World::new();
    let described =
        |region| ok(&world, region, "DescribeUserPoolDomain", json!({ "Domain": "mine" }))["DomainDescription"].take();
    let ids = [HOME, WEST].map(|region| {
        let id = ok(&world, region, "CreateUserPool", json!({ "PoolName": "p" }))["UserPool"]["Id"].take();
        assert_eq!(described(region), json!({}));
        ok(&world, region, "CreateUserPoolDomain", json!({ "UserPoolId": id, "Domain": "mine" }));
        id
    });
    assert_eq!([HOME, WEST].map(|region| described(region)["UserPoolId"].take()), ids);
}

#[test]
fn an_identity_pool_is_made_and_seen_in_its_region_only() {
    let world = World::new();
    let settings = json!({ "IdentityPoolName": "p", "AllowUnauthenticatedIdentities": true });
    let id = world.identity_in(WEST, "CreateIdentityPool", settings).body["IdentityPoolId"].take();
    assert!(id.as_str().unwrap().starts_with("us-west-2:"), "{id}");
    let listed = |region| {
        let pools =
            world.identity_in(region, "ListIdentityPools", json!({ "MaxResults": 60 })).body["IdentityPools"].take();
        pools.as_array().unwrap().iter().map(|pool| pool["IdentityPoolId"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(listed(WEST), vec![id.clone()]);
    assert_eq!(listed(HOME), [json!(IDENTITIES)]);
    // A guest of a browser, whose call is not signed.
    let guest = world.identity_ok("GetId", json!({ "IdentityPoolId": id }))["IdentityId"].take();
    assert!(guest.as_str().unwrap().starts_with("us-west-2:"));
    for (operation, body) in [
        ("DescribeIdentityPool", json!({ "IdentityPoolId": id })),
        ("ListIdentities", json!({ "IdentityPoolId": id, "MaxResults": 1 })),
        ("DescribeIdentity", json!({ "IdentityId": guest })),
    ] {
        assert_eq!(world.identity_in(WEST, operation, body.clone()).http.status, 200, "{operation}");
        let reply = world.identity_in(HOME, operation, body);
        assert_eq!(reply.text("__type"), "ResourceNotFoundException", "{operation}");
    }
    let delete = json!({ "IdentityIdsToDelete": [guest] });
    let unprocessed = |region| {
        let reply = world.identity_in(region, "DeleteIdentities", delete.clone());
        reply.body["UnprocessedIdentityIds"].as_array().unwrap().len()
    };
    assert_eq!((unprocessed(HOME), unprocessed(WEST)), (1, 0));
}

#[test]
fn there_must_be_such_a_region() {
    let world = World::new();
    for region in ["mars", "us-west", "US-WEST-2", "us_west-2"] {
        let refused = error(&world, region, "CreateUserPool", json!({ "PoolName": "p" }));
        assert_error(
            refused,
            "InvalidSignatureException",
            &format!("Credential should be scoped to a valid region, not '{region}'."),
        );
    }
    for region in ["us-gov-west-1", "cn-north-1", "eusc-de-east-1", "ap-southeast-3"] {
        ok(&world, region, "CreateUserPool", json!({ "PoolName": "p" }));
    }
}
