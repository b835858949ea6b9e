//! Policies for client ID metadata documents: they are kept and given back.

use serde_json::{Value, json};

use crate::world::{POOL, WEB, World};

fn create(name: &str) -> Value {
    json!({ "UserPoolId": POOL, "ClientId": WEB, "PolicyName": name, "URLPatterns": ["https://example.com/*"] })
}

fn of(policy: &Value, mut more: Value) -> Value {
    (more["UserPoolId"], more["CIMDPolicyId"]) = (json!(POOL), policy["CIMDPolicyId"].clone());
    more
}

#[test]
fn policies_are_made_changed_listed_and_deleted() {
    let world = World::new();
    let made = world.ok("CreateCIMDPolicy", create("one"))["CIMDPolicy"].take();
    world.ok("CreateCIMDPolicy", create("two"));
    assert_eq!(world.ok("DescribeCIMDPolicy", of(&made, json!({})))["CIMDPolicy"], made);
    let patterns = json!(["https://example.com/*", "https://example.org/*"]);
    let changes = json!({ "ClientId": WEB, "CacheDuration": 86_400, "URLPatterns": patterns });
    let changed = world.ok("UpdateCIMDPolicy", of(&made, changes))["CIMDPolicy"].take();
    assert_eq!((&changed["URLPatterns"], &changed["CacheDuration"]), (&patterns, &json!(86_400)));
    assert_eq!(changed["PolicyName"], "one", "what is not given stays");
    let first = world.ok("ListCIMDPolicies", json!({ "UserPoolId": POOL, "MaxResults": 1 }));
    let rest = world.ok("ListCIMDPolicies", json!({ "UserPoolId": POOL, "NextToken": first["NextToken"] }));
    assert_eq!(
        (first["CIMDPolicies"].as_array().unwrap().len(), rest["CIMDPolicies"].as_array().unwrap().len()),
        (1, 1)
    );
    assert_eq!(world.ok("ListClientMetadataURLs", of(&made, json!({})))["ClientMetadataURLs"], json!([]));
    let url = of(&made, json!({ "URL": "https://example.com/client.json", "Action": "REFRESH" }));
    assert_eq!(world.err("UpdateClientMetadataURLState", url.clone()).0, "CachedCIMDURLDoesNotExistException");
    world.ok("DeleteUserPoolClient", json!({ "UserPoolId": POOL, "ClientId": WEB }));
    let orphan = world.ok("DescribeCIMDPolicy", of(&made, json!({})))["CIMDPolicy"].take();
    assert_eq!(orphan["ClientId"], Value::Null, "the client is gone");
    assert_eq!(world.ok("DeleteCIMDPolicy", of(&made, json!({}))), json!({}));
    for operation in ["DescribeCIMDPolicy", "DeleteCIMDPolicy", "ListClientMetadataURLs"] {
        assert_eq!(world.err(operation, of(&made, json!({}))).0, "ResourceNotFoundException", "{operation}");
    }
    assert_eq!(world.err("UpdateClientMetadataURLState", url).0, "ResourceNotFoundException");
}

#[test]
fn they_need_a_client_and_a_plan() {
    let world = World::new();
    let mut unknown = create("x");
    unknown["ClientId"] = json!("nothing");
    assert_eq!(world.err("CreateCIMDPolicy", unknown).0, "ResourceNotFoundException");
    let made = world.ok("CreateCIMDPolicy", create("x"))["CIMDPolicy"].take();
    let update = |client: &str| of(&made, json!({ "ClientId": client, "URLPatterns": ["https://example.com/*"] }));
    assert_eq!(world.err("UpdateCIMDPolicy", update("nothing")).0, "ResourceNotFoundException");
    let token = of(&made, json!({ "NextToken": "x" }));
    assert_eq!(world.err("ListClientMetadataURLs", token).0, "InvalidParameterException");
    world.ok("UpdateUserPool", json!({ "UserPoolId": POOL, "UserPoolTier": "LITE" }));
    let kind = "FeatureUnavailableInTierException";
    assert_eq!(world.err("CreateCIMDPolicy", create("y")).0, kind);
    assert_eq!(world.err("UpdateCIMDPolicy", update(WEB)).0, kind);
    let url = of(&made, json!({ "URL": "https://example.com/client.json", "Action": "INVALIDATE" }));
    assert_eq!(world.err("UpdateClientMetadataURLState", url).0, kind);
}
