//! Requests to identity pools that break AWS's model.
//!
//! Witnesses: answers of the service in the wild ("ValidationException: 1 validation error detected: Value 'us-east-2:mock' at
//! 'identityPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]+:[0-9a-f-]+"); moto 5.2.5,
//! `cognitoidentity/exceptions.py`, for IdentityPoolName.

use serde_json::json;

use crate::identity_world::IDENTITIES;
use crate::world::{World, assert_error};

#[test]
fn a_broken_constraint_is_a_validation_exception() {
    let world = World::new();
    let text = r"1 validation error detected: Value 'us-west-2_abc' at 'identityPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]+:[0-9a-f-]+";
    for operation in ["GetId", "DescribeIdentityPool"] {
        let error = world.identity_err(operation, json!({ "IdentityPoolId": "us-west-2_abc" }));
        assert_error(error, "ValidationException", text);
    }
    let text = r"1 validation error detected: Value 'a#b' at 'identityPoolName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w\s+=,.@-]+";
    let named = json!({ "IdentityPoolName": "a#b", "AllowUnauthenticatedIdentities": true });
    assert_error(world.identity_err("CreateIdentityPool", named), "ValidationException", text);
    for (operation, body) in [
        ("GetId", json!({})),
        ("GetCredentialsForIdentity", json!({ "IdentityId": "x" })),
        ("ListIdentityPools", json!({ "MaxResults": 61 })),
        ("ListIdentities", json!({ "IdentityPoolId": IDENTITIES, "MaxResults": 0 })),
    ] {
        assert_eq!(world.identity_err(operation, body).0, "ValidationException", "{operation}");
    }
}

#[test]
fn user_pools_keep_their_own_word_for_it() {
    let world = World::new();
    assert_eq!(world.err("ListUsers", json!({ "UserPoolId": "x" })).0, "InvalidParameterException");
}
