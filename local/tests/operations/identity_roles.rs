//! Which role an identity gets.

use serde_json::{Value, json};

use crate::identity_world::{IDENTITIES, LOGIN, ROLE};
use crate::world::{PASSWORD, WEB, World, assert_error, assert_refused};

const NO_WISH: &str = "CustomRoleArn is not one of the roles of this identity.";
const MISCONFIGURED: &str = "Invalid identity pool configuration. Check assigned IAM roles for this pool.";

fn mapping() -> String {
    format!("{LOGIN}:{WEB}")
}

fn role_arn(name: &str) -> String {
    format!("{ROLE}{name}")
}

/// Sets roles and mapping of the built-in pool.
#[track_caller]
fn set(world: &World, mapping_of_web: Value) {
    let roles = json!({ "authenticated": role_arn("user"), "unauthenticated": role_arn("guest") });
    let mappings = if mapping_of_web.is_null() { json!({}) } else { json!({ mapping(): mapping_of_web }) };
    world.identity_ok(
        "SetIdentityPoolRoles",
        json!({ "IdentityPoolId": IDENTITIES, "Roles": roles, "RoleMappings": mappings }),
    );
}

/// The name of the role that logins get, or the error.
fn role(world: &World, logins: &Value, wish: Option<&str>) -> Result<String, (String, String)> {
    let id = world.get_id(logins);
    let body = json!({ "IdentityId": id, "Logins": logins, "CustomRoleArn": wish.map(role_arn) });
    let reply = world.identity("GetCredentialsForIdentity", body);
    if reply.http.status != 200 {
        return Err((reply.text("__type"), reply.text("message")));
    }
    let arn = crate::sts::caller(world, &reply.body["Credentials"]).1;
    Ok(arn.split("poolpass-").nth(1).unwrap().split('/').next().unwrap().to_owned())
}

#[test]
fn the_seed_maps_by_token() {
    let world = World::new();
    assert_eq!(role(&world, &json!({}), None).unwrap(), "guest");
    assert_eq!(role(&world, &world.logins("bob"), None).unwrap(), "user");
    assert_eq!(role(&world, &world.logins("alice"), None).unwrap(), "editors");
    assert_eq!(role(&world, &world.logins("alice"), Some("editors")).unwrap(), "editors");
    for (user, wish) in [("alice", "user"), ("bob", "editors")] {
        assert_refused(role(&world, &world.logins(user), Some(wish)).unwrap_err(), NO_WISH);
    }
    assert_refused(role(&world, &json!({}), Some("guest")).unwrap_err(), NO_WISH);
    assert_eq!(role(&world, &world.social_logins("google", "ada"), None).unwrap(), "user");
}

#[test]
fn without_a_mapping_everybody_gets_the_same() {
    let world = World::new();
    set(&world, Value::Null);
    assert_eq!(role(&world, &world.logins("alice"), None).unwrap(), "user");
    assert_refused(role(&world, &world.logins("alice"), Some("editors")).unwrap_err(), NO_WISH);
}

#[test]
fn who_has_no_role_of_the_token_may_be_denied() {
    let world = World::new();
    set(&world, json!({ "Type": "Token", "AmbiguousRoleResolution": "Deny" }));
    assert_eq!(role(&world, &world.logins("alice"), None).unwrap(), "editors");
    let text = "The ambiguous role mapping rules for: cognito-idp.eu-west-1.amazonaws.com/eu-west-1_PoolPass1:poolpasslocalwebclient0001 denied this request.";
    assert_refused(role(&world, &world.logins("bob"), None).unwrap_err(), text);
}

#[test]
fn rules_are_tried_in_their_order() {
    let world = World::new();
    let rule = |claim: &str, kind: &str, value: &str, name: &str| json!({ "Claim": claim, "MatchType": kind, "Value": value, "RoleARN": role_arn(name) });
    let rules = |rules: Value, resolution: &str| {
        set(
            &world,
            json!({ "Type": "Rules", "AmbiguousRoleResolution": resolution, "RulesConfiguration": { "Rules": rules } }),
        );
    };
    rules(
        json!([rule("email", "StartsWith", "alice@", "editors"), rule("email", "Contains", "@example.com", "user")]),
        "Deny",
    );
    assert_eq!(role(&world, &world.logins("alice"), None).unwrap(), "editors");
    assert_eq!(role(&world, &world.logins("alice"), Some("user")).unwrap(), "user", "any rule that matches will do");
    assert_eq!(role(&world, &world.logins("bob"), None).unwrap(), "user");
    assert_refused(role(&world, &world.logins("bob"), Some("editors")).unwrap_err(), NO_WISH);
    rules(json!([rule("custom:none", "NotEqual", "x", "editors")]), "Deny");
    assert_eq!(role(&world, &world.logins("alice"), None).unwrap_err().0, "NotAuthorizedException");
    rules(json!([rule("cognito:groups", "Contains", "editors", "editors")]), "AuthenticatedRole");
    assert_eq!(role(&world, &world.logins("alice"), None).unwrap(), "editors");
    assert_eq!(role(&world, &world.logins("bob"), None).unwrap(), "user");
}

#[test]
fn a_role_must_exist_and_trust_the_identity() {
    let world = World::new();
    let set_roles = |roles: Value| {
        world.identity_ok("SetIdentityPoolRoles", json!({ "IdentityPoolId": IDENTITIES, "Roles": roles }))
    };
    for roles in
        [json!({}), json!({ "unauthenticated": role_arn("nobody") }), json!({ "unauthenticated": role_arn("user") })]
    {
        set_roles(roles.clone());
        let error = role(&world, &json!({}), None).unwrap_err();
        assert_error(error, "InvalidIdentityPoolConfigurationException", MISCONFIGURED);
    }
    // The trust policies of the seed name its own pool.
    let body = json!({ "IdentityPoolName": "other", "AllowUnauthenticatedIdentities": true });
    let other = world.identity_ok("CreateIdentityPool", body)["IdentityPoolId"].clone();
    let roles = json!({ "unauthenticated": role_arn("guest") });
    world.identity_ok("SetIdentityPoolRoles", json!({ "IdentityPoolId": other, "Roles": roles }));
    let id = world.identity_ok("GetId", json!({ "IdentityPoolId": other }))["IdentityId"].clone();
    let error = world.identity_err("GetCredentialsForIdentity", json!({ "IdentityId": id }));
    assert_error(error, "InvalidIdentityPoolConfigurationException", MISCONFIGURED);
}

#[test]
fn contradictory_mappings_are_refused() {
    let world = World::new();
    let refused = |mappings: Value| {
        let body = json!({ "IdentityPoolId": IDENTITIES, "Roles": {}, "RoleMappings": mappings });
        let (kind, text) = world.identity_err("SetIdentityPoolRoles", body);
        assert_eq!(kind, "InvalidParameterException");
        text
    };
    assert!(refused(json!({ mapping(): { "Type": "Token" } })).contains("need an AmbiguousRoleResolution"));
    assert!(
        refused(json!({ mapping(): { "Type": "Rules", "AmbiguousRoleResolution": "Deny" } })).contains("1 to 25 rules")
    );
    let rule = json!({ "Claim": "a", "MatchType": "Equals", "Value": "b", "RoleARN": role_arn("user") });
    let many: Vec<Value> = vec![rule; 26];
    let rules = json!({ "Rules": many });
    let body =
        json!({ mapping(): { "Type": "Rules", "AmbiguousRoleResolution": "Deny", "RulesConfiguration": rules } });
    assert!(refused(body).contains("1 to 25 rules"));
    for unknown in [LOGIN.to_owned(), format!("{LOGIN}:other"), "api.twitter.com".into()] {
        let text = refused(json!({ unknown.clone(): { "Type": "Token", "AmbiguousRoleResolution": "Deny" } }));
        assert_eq!(text, format!("{unknown} in RoleMappings is not a provider of the identity pool."));
    }
    let shown = world.identity_ok("GetIdentityPoolRoles", json!({ "IdentityPoolId": IDENTITIES }));
    assert_eq!(shown["RoleMappings"][mapping()]["Type"], "Token", "what was refused changes nothing");
    assert_eq!(shown["Roles"]["unauthenticated"], json!(role_arn("guest")));
}

#[test]
fn groups_bring_the_role_into_the_token() {
    let world = World::new();
    let claims = crate::world::claims(&world.sign_in(WEB, "alice", PASSWORD)["IdToken"]);
    assert_eq!(claims["cognito:roles"], json!([role_arn("editors")]));
    assert_eq!(claims["cognito:preferred_role"], json!(role_arn("editors")));
}
