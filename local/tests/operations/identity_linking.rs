//! Logins of one identity: linking, merging, unlinking, and what becomes of guests.

use serde_json::{Value, json};

use crate::identity_world::{IDENTITIES, LOGIN, ROLE, both};
use crate::world::{World, assert_error, assert_refused};

const NO_MATCH: &str =
    "Logins don't match. Please include at least one valid login for this identity or identity pool.";

fn get_credentials(id: &str, logins: &Value) -> Value {
    json!({ "IdentityId": id, "Logins": logins })
}

fn forbidden(id: &str) -> String {
    format!("Access to Identity '{id}' is forbidden.")
}

/// Who the credentials of a reply are.
fn role(world: &World, reply: &Value) -> String {
    crate::sts::caller(world, &reply["Credentials"]).1
}

#[test]
fn a_guest_who_signs_in_keeps_the_identity_and_is_no_guest_any_more() {
    let world = World::new();
    let guest = world.get_id(&json!({}));
    let reply = world.identity_ok("GetCredentialsForIdentity", json!({ "IdentityId": guest }));
    assert!(role(&world, &reply).contains("assumed-role/poolpass-guest/"));
    let alice = world.logins("alice");
    let reply = world.identity_ok("GetCredentialsForIdentity", get_credentials(&guest, &alice));
    assert_eq!(reply["IdentityId"], json!(guest));
    assert!(role(&world, &reply).contains("assumed-role/poolpass-editors/"));
    assert_eq!(world.get_id(&alice), guest);
    let error = world.identity_err("GetCredentialsForIdentity", json!({ "IdentityId": guest }));
    assert_refused(error, &forbidden(&guest));
    assert_refused(
        world.identity_err("GetCredentialsForIdentity", get_credentials(&guest, &world.logins("bob"))),
        NO_MATCH,
    );
}

#[test]
fn a_guest_makes_way_for_the_identity_that_the_login_has() {
    let world = World::new();
    let alice = world.logins("alice");
    let known = world.get_id(&alice);
    let guest = world.get_id(&json!({}));
    let reply = world.identity_ok("GetCredentialsForIdentity", get_credentials(&guest, &alice));
    assert_eq!(reply["IdentityId"], json!(known));
    for logins in [json!({}), alice] {
        assert_refused(
            world.identity_err("GetCredentialsForIdentity", get_credentials(&guest, &logins)),
            &forbidden(&guest),
        );
    }
    let list = |hide: bool| {
        let body = json!({ "IdentityPoolId": IDENTITIES, "MaxResults": 60, "HideDisabled": hide });
        world.identity_ok("ListIdentities", body)["Identities"].as_array().unwrap().len()
    };
    assert_eq!((list(false), list(true)), (2, 1));
}

#[test]
fn another_providers_login_is_linked() {
    let world = World::new();
    let (alice, google) = (world.logins("alice"), world.social_logins("google", "ada"));
    let id = world.get_id(&alice);
    let reply = world.identity_ok("GetCredentialsForIdentity", get_credentials(&id, &both(&alice, &google)));
    assert_eq!(reply["IdentityId"], json!(id));
    assert_eq!(world.get_id(&google), id, "either login is enough from now on");
    let described = world.identity_ok("DescribeIdentity", json!({ "IdentityId": id }));
    assert_eq!(described["Logins"], json!([LOGIN, "accounts.google.com"]));
    let zoe = both(&alice, &world.social_logins("google", "zoe"));
    let (kind, text) = world.identity_err("GetCredentialsForIdentity", get_credentials(&id, &zoe));
    assert_eq!(kind, "ResourceConflictException");
    assert!(text.contains("accounts.google.com"), "{text}");
    assert_eq!(world.identity_ok("DescribeIdentity", json!({ "IdentityId": id })), described, "nothing changed");
    assert_ne!(world.get_id(&world.social_logins("google", "zoe")), id);
}

#[test]
fn two_identities_become_one_and_the_other_is_disabled() {
    let world = World::new();
    let (alice, google) = (world.logins("alice"), world.social_logins("google", "ada"));
    let (one, other) = (world.get_id(&alice), world.get_id(&google));
    let reply = world.identity_ok("GetCredentialsForIdentity", get_credentials(&one, &both(&alice, &google)));
    assert_eq!(reply["IdentityId"], json!(one));
    assert_eq!((world.get_id(&alice), world.get_id(&google)), (one.clone(), one.clone()));
    assert_refused(
        world.identity_err("GetCredentialsForIdentity", get_credentials(&other, &google)),
        &forbidden(&other),
    );
    // Two whose logins of one provider differ stay two.
    let (bob, zoe) = (world.logins("bob"), world.social_logins("google", "zoe"));
    let id = world.get_id(&bob);
    world.identity_ok("GetCredentialsForIdentity", get_credentials(&id, &both(&bob, &zoe)));
    let apple = world.social_logins("apple", "ada");
    world.identity_ok("GetCredentialsForIdentity", get_credentials(&one, &both(&alice, &apple)));
    let error = world.identity_err("GetId", json!({ "IdentityPoolId": IDENTITIES, "Logins": both(&bob, &apple) }));
    assert_eq!(error.0, "ResourceConflictException");
    assert_eq!((world.get_id(&bob), world.get_id(&apple)), (id, one));
}

#[test]
fn an_unlinked_login_is_somebody_new() {
    let world = World::new();
    let (alice, google) = (world.logins("alice"), world.social_logins("google", "ada"));
    let id = world.get_id(&both(&alice, &google));
    let unlink =
        |logins: &Value, remove: Value| json!({ "IdentityId": id, "Logins": logins, "LoginsToRemove": remove });
    assert_refused(world.identity_err("UnlinkIdentity", unlink(&world.logins("bob"), json!([LOGIN]))), NO_MATCH);
    assert_refused(world.identity_err("UnlinkIdentity", unlink(&json!({}), json!([LOGIN]))), NO_MATCH);
    let error = world.identity_err("UnlinkIdentity", unlink(&alice, json!(["www.amazon.com"])));
    assert_error(error, "InvalidParameterException", "The identity has no login of www.amazon.com to remove.");
    world.identity_ok("UnlinkIdentity", unlink(&alice, json!(["accounts.google.com"])));
    assert_ne!(world.get_id(&google), id);
    assert_eq!(world.get_id(&alice), id);
    world.identity_ok("UnlinkIdentity", unlink(&alice, json!([LOGIN])));
    for logins in [json!({}), alice.clone()] {
        let error = world.identity_err("GetCredentialsForIdentity", get_credentials(&id, &logins));
        let text = if logins == json!({}) { forbidden(&id) } else { NO_MATCH.to_owned() };
        assert_refused(error, &text);
    }
    assert_ne!(world.get_id(&alice), id);
}

#[test]
fn a_deleted_identity_is_made_anew() {
    let world = World::new();
    let alice = world.logins("alice");
    let id = world.get_id(&alice);
    let unknown = "eu-west-1:00000000-0000-4000-8000-00000000000e";
    let reply = world.identity_ok("DeleteIdentities", json!({ "IdentityIdsToDelete": [id, unknown] }));
    assert_eq!(reply["UnprocessedIdentityIds"], json!([{ "IdentityId": unknown, "ErrorCode": "AccessDenied" }]));
    let error = world.identity_err("GetCredentialsForIdentity", get_credentials(&id, &alice));
    assert_error(error, "ResourceNotFoundException", &format!("Identity '{id}' not found."));
    assert_ne!(world.get_id(&alice), id);
}

#[test]
fn linked_logins_count_for_the_role_of_the_one_that_has_a_mapping() {
    let world = World::new();
    let (alice, facebook) = (world.logins("alice"), world.social_logins("facebook", "ada"));
    let id = world.get_id(&both(&alice, &facebook));
    let arn =
        |logins: &Value| role(&world, &world.identity_ok("GetCredentialsForIdentity", get_credentials(&id, logins)));
    assert!(arn(&facebook).contains("/poolpass-user/"), "{ROLE}");
    assert!(arn(&both(&alice, &facebook)).contains("/poolpass-editors/"));
}
