//! What a back end may ask and do about its users.
//!
//! Witness: botocore 1.44.8, `LookupDeveloperIdentity`, `MergeDeveloperIdentities`, `UnlinkDeveloperIdentity`.

use serde_json::{Value, json};

use crate::identity_world::{IDENTITIES, LOGIN};
use crate::world::World;

const NAME: &str = "login.poolpass.local";

fn register(world: &World, user: &str) -> Value {
    let body = json!({ "IdentityPoolId": IDENTITIES, "Logins": { NAME: user } });
    world.identity_ok("GetOpenIdTokenForDeveloperIdentity", body)["IdentityId"].take()
}

fn link(world: &World, id: &Value, logins: Value) {
    let body = json!({ "IdentityPoolId": IDENTITIES, "IdentityId": id, "Logins": logins });
    world.identity_ok("GetOpenIdTokenForDeveloperIdentity", body);
}

fn lookup(more: Value) -> Value {
    let mut body = more;
    body["IdentityPoolId"] = json!(IDENTITIES);
    body
}

#[test]
fn users_and_identities_find_each_other() {
    let world = World::new();
    let id = register(&world, "b");
    link(&world, &id, json!({ NAME: "a" }));
    let by_user = world.identity_ok("LookupDeveloperIdentity", lookup(json!({ "DeveloperUserIdentifier": "b" })));
    assert_eq!(by_user, json!({ "IdentityId": id, "DeveloperUserIdentifierList": ["b"] }));
    let by_id = world.identity_ok("LookupDeveloperIdentity", lookup(json!({ "IdentityId": id })));
    assert_eq!(by_id, json!({ "IdentityId": id, "DeveloperUserIdentifierList": ["a", "b"] }));
    let first = world.identity_ok("LookupDeveloperIdentity", lookup(json!({ "IdentityId": id, "MaxResults": 1 })));
    assert_eq!(first["DeveloperUserIdentifierList"], json!(["a"]));
    let rest = lookup(json!({ "IdentityId": id, "NextToken": first["NextToken"] }));
    assert_eq!(world.identity_ok("LookupDeveloperIdentity", rest)["DeveloperUserIdentifierList"], json!(["b"]));
    let both = json!({ "IdentityId": id, "DeveloperUserIdentifier": "a" });
    assert_eq!(world.identity_ok("LookupDeveloperIdentity", lookup(both))["IdentityId"], id);
    let other = register(&world, "c");
    for (body, kind) in [
        (json!({}), "InvalidParameterException"),
        (json!({ "DeveloperUserIdentifier": "nobody" }), "ResourceNotFoundException"),
        (json!({ "IdentityId": "eu-west-1:00000000-0000-4000-8000-00000000ffff" }), "ResourceNotFoundException"),
        (json!({ "IdentityId": other, "DeveloperUserIdentifier": "a" }), "ResourceConflictException"),
        (json!({ "IdentityId": id, "NextToken": "%" }), "InvalidParameterException"),
    ] {
        assert_eq!(world.identity_err("LookupDeveloperIdentity", lookup(body.clone())).0, kind, "{body}");
    }
}

fn merge(source: &str, destination: &str) -> Value {
    json!({
        "IdentityPoolId": IDENTITIES, "DeveloperProviderName": NAME, "SourceUserIdentifier": source,
        "DestinationUserIdentifier": destination,
    })
}

#[test]
fn two_users_become_one() {
    let world = World::new();
    let (source, destination) = (register(&world, "a"), register(&world, "b"));
    let alice = world.logins("alice");
    let mut logins = alice.clone();
    logins[NAME] = json!("a");
    link(&world, &source, logins);
    let merged = world.identity_ok("MergeDeveloperIdentities", merge("a", "b"));
    assert_eq!(merged, json!({ "IdentityId": destination }));
    assert_eq!((register(&world, "a"), json!(world.get_id(&alice))), (destination.clone(), destination.clone()));
    let hidden = json!({ "IdentityPoolId": IDENTITIES, "MaxResults": 60, "HideDisabled": true });
    let shown = world.identity_ok("ListIdentities", hidden);
    assert!(shown["Identities"].as_array().unwrap().iter().all(|identity| identity["IdentityId"] != source));
    // Again: they are one already.
    assert_eq!(world.identity_ok("MergeDeveloperIdentities", merge("a", "b"))["IdentityId"], destination);
    let bob = register(&world, "c");
    let mut logins = world.logins("bob");
    logins[NAME] = json!("c");
    link(&world, &bob, logins);
    let error = world.identity_err("MergeDeveloperIdentities", merge("c", "b"));
    assert_eq!(error.0, "ResourceConflictException", "both have a login of the user pool {LOGIN}");
    assert_eq!(world.identity_err("MergeDeveloperIdentities", merge("nobody", "b")).0, "ResourceNotFoundException");
    let mut other = merge("c", "b");
    other["DeveloperProviderName"] = json!("login.example.com");
    assert_eq!(world.identity_err("MergeDeveloperIdentities", other).0, "InvalidParameterException");
}

#[test]
fn an_identity_has_at_most_twenty_logins_after_a_merge() {
    let world = World::new();
    for (first, others) in [("a0", 1..11), ("b0", 1..10)] {
        let id = register(&world, first);
        for n in others {
            link(&world, &id, json!({ NAME: format!("{}{n}", &first[..1]) }));
        }
    }
    let error = world.identity_err("MergeDeveloperIdentities", merge("a0", "b0"));
    assert_eq!(error.0, "ResourceConflictException", "11 and 10");
}

#[test]
fn an_unlinked_user_is_new_the_next_time() {
    let world = World::new();
    let (id, other) = (register(&world, "a"), register(&world, "b"));
    let unlink = |id: &Value, user: &str| {
        json!({
            "IdentityPoolId": IDENTITIES, "IdentityId": id, "DeveloperProviderName": NAME, "DeveloperUserIdentifier": user,
        })
    };
    assert_eq!(world.identity_err("UnlinkDeveloperIdentity", unlink(&other, "a")).0, "ResourceConflictException");
    assert_eq!(world.identity_err("UnlinkDeveloperIdentity", unlink(&id, "nobody")).0, "ResourceNotFoundException");
    let mut elsewhere = unlink(&id, "a");
    elsewhere["DeveloperProviderName"] = json!("login.example.com");
    assert_eq!(world.identity_err("UnlinkDeveloperIdentity", elsewhere).0, "InvalidParameterException");
    assert_eq!(world.identity_ok("UnlinkDeveloperIdentity", unlink(&id, "a")), Value::Null);
    assert_eq!(world.identity_err("UnlinkDeveloperIdentity", unlink(&id, "a")).0, "ResourceNotFoundException");
    assert_ne!(register(&world, "a"), id);
    // The identity is inaccessible: it was never a guest's.
    assert_eq!(world.identity_err("GetOpenIdToken", json!({ "IdentityId": id })).0, "NotAuthorizedException");
}

#[test]
fn a_pool_without_a_back_end_has_no_such_users() {
    let world = World::new();
    let made = world
        .identity_ok("CreateIdentityPool", json!({ "IdentityPoolName": "p", "AllowUnauthenticatedIdentities": true }));
    for (operation, mut body) in [
        ("LookupDeveloperIdentity", json!({ "DeveloperUserIdentifier": "a" })),
        ("MergeDeveloperIdentities", merge("a", "b")),
    ] {
        body["IdentityPoolId"] = made["IdentityPoolId"].clone();
        assert_eq!(world.identity_err(operation, body).0, "InvalidParameterException");
    }
}
