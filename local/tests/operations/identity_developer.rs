//! Users whom an app's own back end vouches for.

use serde_json::{Value, json};

use crate::identity_world::{IDENTITIES, LOGIN, both};
use crate::world::{START_MS, World, assert_refused, claims};

const DEVELOPER: &str = "login.poolpass.local";

#[track_caller]
fn vouch(world: &World, body: Value) -> (String, Value) {
    let mut all = json!({ "IdentityPoolId": IDENTITIES });
    for (name, value) in body.as_object().unwrap() {
        all[name] = value.clone();
    }
    let reply = world.identity_ok("GetOpenIdTokenForDeveloperIdentity", all);
    let logins = json!({ "cognito-identity.amazonaws.com": reply["Token"] });
    (reply["IdentityId"].as_str().unwrap().to_owned(), logins)
}

#[test]
fn a_back_end_vouches_for_its_own_users() {
    let world = World::new();
    let (id, logins) = vouch(&world, json!({ "Logins": { DEVELOPER: "user-1" } }));
    let told = claims(&logins["cognito-identity.amazonaws.com"]);
    assert_eq!(
        (&told["iss"], &told["aud"], &told["sub"]),
        (&json!("https://cognito-identity.amazonaws.com"), &json!(IDENTITIES), &json!(id))
    );
    assert_eq!(told["amr"], json!(["authenticated", DEVELOPER, format!("{DEVELOPER}:{IDENTITIES}:user-1")]));
    assert_eq!(told["exp"], json!(START_MS / 1000 + 900));
    let reply = world.identity_ok("GetCredentialsForIdentity", json!({ "IdentityId": id, "Logins": logins }));
    assert_eq!(reply["IdentityId"], json!(id));
    assert!(crate::sts::caller(&world, &reply["Credentials"]).1.contains("/poolpass-user/"));
    assert_eq!(vouch(&world, json!({ "Logins": { DEVELOPER: "user-1" }, "TokenDuration": 60 })).0, id);
    // The token tells the identity; nobody asks for another by it.
    let error = world.identity_err("GetId", json!({ "IdentityPoolId": IDENTITIES, "Logins": logins }));
    assert_refused(error, "Token is not from a supported provider of this identity pool.");
    assert_ne!(vouch(&world, json!({ "Logins": { DEVELOPER: "user-2" } })).0, id);
    let (other, _) = vouch(&world, json!({ "Logins": { DEVELOPER: "user-3" } }));
    let text = "Logins don't match. Please include at least one valid login for this identity or identity pool.";
    assert_refused(
        world.identity_err("GetCredentialsForIdentity", json!({ "IdentityId": other, "Logins": logins })),
        text,
    );
    world.advance(900);
    let now = START_MS / 1000 + 900;
    let error = world.identity_err("GetCredentialsForIdentity", json!({ "IdentityId": id, "Logins": logins }));
    assert_refused(error, &format!("Invalid login token. Token expired: {now} >= {now}"));
}

#[test]
fn several_users_and_other_logins_may_be_one_identity() {
    let world = World::new();
    let alice = world.logins("alice");
    let id = world.get_id(&alice);
    let (same, logins) = vouch(&world, json!({ "IdentityId": id, "Logins": { DEVELOPER: "user-1" } }));
    assert_eq!(same, id);
    assert_eq!(vouch(&world, json!({ "IdentityId": id, "Logins": { DEVELOPER: "user-2" } })).0, id);
    assert_eq!(vouch(&world, json!({ "Logins": { DEVELOPER: "user-2" } })).0, id);
    assert_eq!(world.get_id(&alice), id);
    world.identity_ok("GetCredentialsForIdentity", json!({ "IdentityId": id, "Logins": logins }));
    let described = world.identity_ok("DescribeIdentity", json!({ "IdentityId": id }));
    assert_eq!(described["Logins"], json!([LOGIN, DEVELOPER]));
    let bob = world.logins("bob");
    let (both_ways, _) = vouch(&world, json!({ "Logins": both(&json!({ DEVELOPER: "user-9" }), &bob) }));
    assert_eq!(world.get_id(&bob), both_ways);
    let body = json!({ "IdentityPoolId": IDENTITIES, "IdentityId": both_ways, "Logins": { DEVELOPER: "user-1" } });
    let error = world.identity_err("GetOpenIdTokenForDeveloperIdentity", body);
    assert_eq!(error.0, "DeveloperUserAlreadyRegisteredException");
    let body = json!({ "IdentityPoolId": IDENTITIES, "IdentityId": both_ways, "Logins": both(&json!({ DEVELOPER: "user-8" }), &alice) });
    assert_eq!(world.identity_err("GetOpenIdTokenForDeveloperIdentity", body).0, "ResourceConflictException");
}

#[test]
fn an_unlinked_or_deleted_user_has_no_token_any_more() {
    let world = World::new();
    let alice = world.logins("alice");
    let (id, logins) = vouch(&world, json!({ "Logins": both(&json!({ DEVELOPER: "user-1" }), &alice) }));
    world.identity_ok("UnlinkIdentity", json!({ "IdentityId": id, "Logins": alice, "LoginsToRemove": [DEVELOPER] }));
    let error = world.identity_err("GetCredentialsForIdentity", json!({ "IdentityId": id, "Logins": logins }));
    assert!(error.1.starts_with("Logins don't match."), "{error:?}");
    let (id, logins) = vouch(&world, json!({ "Logins": { DEVELOPER: "user-2" } }));
    world.identity_ok("DeleteIdentities", json!({ "IdentityIdsToDelete": [id] }));
    let error = world.identity_err("GetCredentialsForIdentity", json!({ "IdentityId": id, "Logins": logins }));
    assert_eq!(error.0, "ResourceNotFoundException", "{error:?}");
}

#[test]
fn only_a_pool_with_a_developer_provider_does_this() {
    let world = World::new();
    let error = |pool: &Value, logins: Value| {
        world.identity_err("GetOpenIdTokenForDeveloperIdentity", json!({ "IdentityPoolId": pool, "Logins": logins })).1
    };
    assert_eq!(
        error(&json!(IDENTITIES), json!({ "other": "user" })),
        format!("Logins need the developer provider {DEVELOPER}.")
    );
    let pool = world
        .identity_ok("CreateIdentityPool", json!({ "IdentityPoolName": "p", "AllowUnauthenticatedIdentities": true }));
    assert_eq!(
        error(&pool["IdentityPoolId"], json!({ DEVELOPER: "user" })),
        "The identity pool has no DeveloperProviderName."
    );
    let (_, logins) = vouch(&world, json!({ "Logins": { DEVELOPER: "user-1" } }));
    let refused = |pool: &Value, logins: &Value| {
        let guest = world.identity_ok("GetId", json!({ "IdentityPoolId": pool }));
        let body = json!({ "IdentityId": guest["IdentityId"], "Logins": logins });
        world.identity_err("GetCredentialsForIdentity", body)
    };
    assert_refused(
        refused(&pool["IdentityPoolId"], &logins),
        "Token is not from a supported provider of this identity pool.",
    );
    let body =
        json!({ "IdentityPoolName": "q", "AllowUnauthenticatedIdentities": true, "DeveloperProviderName": DEVELOPER });
    let other = world.identity_ok("CreateIdentityPool", body);
    assert_refused(refused(&other["IdentityPoolId"], &logins), "Invalid login token. Incorrect token audience.");
    let guest = world.get_id(&json!({}));
    let token = world.identity_ok("GetOpenIdToken", json!({ "IdentityId": guest }))["Token"].clone();
    assert_refused(
        refused(&json!(IDENTITIES), &json!({ "cognito-identity.amazonaws.com": token })),
        "Invalid login token. Not a valid OpenId Connect identity token.",
    );
}
