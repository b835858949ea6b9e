//! Sessions that a pool tracks: of apps and of browsers.

use serde_json::{Value, json};

use crate::browser::{APP, Browser, authorize, encode, parameters};
use crate::oauth_client::exchange;
use crate::world::{PASSWORD, POOL, ROTATION, START_MS, WEB, World, assert_error, assert_refused};

const GONE: &str = "Session does not exist.";
const REVOKED: &str = "Access Token has been revoked";

/// A world whose built-in pool tracks sessions.
fn tracking(most: u64) -> World {
    let world = World::new();
    world.ok("SetUserPoolSessionConfiguration", configuration("ENABLED", most));
    world
}

fn configuration(tracking: &str, most: u64) -> Value {
    json!({ "UserPoolId": POOL, "UserSessionTracking": tracking, "TokenSession": { "MaxPerUser": most } })
}

#[track_caller]
fn sessions(world: &World, tokens: &Value) -> Vec<Value> {
    let reply = world.ok("ListUserSessions", json!({ "AccessToken": tokens["AccessToken"] }));
    assert!(reply.get("NextToken").is_none());
    reply["Sessions"].as_array().unwrap().clone()
}

/// The id of the session that tokens belong to.
#[track_caller]
fn current(world: &World, tokens: &Value) -> String {
    let sessions = sessions(world, tokens);
    let current: Vec<_> = sessions.iter().filter(|session| session["IsCurrentSession"] == true).collect();
    assert_eq!(current.len(), 1);
    current[0]["SessionId"].as_str().unwrap().to_owned()
}

fn alice(world: &World) -> Value {
    world.sign_in(WEB, "alice", PASSWORD)
}

/// Signs a browser in and gets its tokens.
#[track_caller]
fn through_browser(world: &World, browser: &mut Browser<'_>) -> Value {
    let landed = browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    world.token(&exchange(WEB, &parameters(&landed)["code"]))
}

fn revoke(tokens: &Value, session: &str, associated: Option<&str>) -> Value {
    json!({ "AccessToken": tokens["AccessToken"], "SessionId": session, "RevokeAssociatedSessions": associated })
}

fn refresh(tokens: &Value) -> Value {
    let parameters = json!({ "REFRESH_TOKEN": tokens["refresh_token"] });
    json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": WEB, "AuthParameters": parameters })
}

#[test]
fn tracking_is_turned_on_for_a_pool() {
    let world = World::new();
    let get = || world.ok("GetUserPoolSessionConfiguration", json!({ "UserPoolId": POOL }));
    assert_eq!(get(), configuration("DISABLED", 20));
    let tokens = alice(&world);
    assert!(sessions(&world, &tokens).is_empty());
    assert_eq!(world.ok("SetUserPoolSessionConfiguration", configuration("ENABLED", 3)), configuration("ENABLED", 3));
    assert_eq!(get(), configuration("ENABLED", 3));
    // A sign-in from before has no session, and there is none to revoke.
    assert!(sessions(&world, &tokens).is_empty());
    current(&world, &alice(&world));
    world.ok("SetUserPoolSessionConfiguration", configuration("DISABLED", 3));
    assert!(sessions(&world, &tokens).is_empty());
    for (tracking, most) in [("SOMETIMES", 1), ("ENABLED", 0), ("ENABLED", 101)] {
        let error = world.err("SetUserPoolSessionConfiguration", configuration(tracking, most));
        assert_eq!(error.0, "InvalidParameterException");
    }
    let lite = world.ok("CreateUserPool", json!({ "PoolName": "lite", "UserPoolTier": "LITE" }));
    let mut body = configuration("ENABLED", 20);
    body["UserPoolId"] = lite["UserPool"]["Id"].clone();
    assert_eq!(world.err("SetUserPoolSessionConfiguration", body).0, "FeatureUnavailableInTierException");
}

#[test]
fn a_session_is_shown_with_what_is_known() {
    let world = tracking(20);
    let tokens = alice(&world);
    world.advance(90);
    let other = world.sign_in(ROTATION, "alice", PASSWORD);
    let shown = sessions(&world, &tokens);
    let dates = |ms: u64| json!(ms as f64 / 1000.0);
    assert_eq!(shown.len(), 2);
    for (session, client, is_current, at) in
        [(&shown[0], ROTATION, false, START_MS + 90_000), (&shown[1], WEB, true, START_MS)]
    {
        let id = session["SessionId"].as_str().unwrap();
        assert!(id.len() == 28 && id.starts_with("tkn"), "{id}");
        let expected = json!({
            "SessionId": id, "SessionType": "TOKEN", "ClientId": client, "CreateDate": dates(at),
            "LastActiveDate": dates(at), "DeviceType": "unknown", "IsCurrentSession": is_current,
        });
        assert_eq!(session, &expected);
    }
    // Others are not shown, and an administrator has no session of their own.
    assert_eq!(sessions(&world, &world.sign_in(WEB, "bob", "Battery-Staple8?")).len(), 1);
    let by_name = world.ok("AdminListUserSessions", json!({ "UserPoolId": POOL, "Username": "alice" }));
    let ids = |list: &[Value]| list.iter().map(|session| session["SessionId"].clone()).collect::<Vec<_>>();
    let listed = by_name["Sessions"].as_array().unwrap();
    assert_eq!(ids(listed), ids(&shown));
    assert!(listed.iter().all(|session| session["IsCurrentSession"] == false));
    assert_eq!(current(&world, &other), shown[0]["SessionId"].as_str().unwrap());
}

#[test]
fn refreshing_is_activity() {
    let world = tracking(20);
    let tokens = alice(&world);
    world.advance(100);
    let parameters = json!({ "REFRESH_TOKEN": tokens["RefreshToken"] });
    let flow = json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": WEB, "AuthParameters": parameters });
    let fresh = world.ok("InitiateAuth", flow)["AuthenticationResult"].take();
    let shown = sessions(&world, &fresh);
    assert_eq!(shown.len(), 1, "the same session");
    let moved = shown[0]["LastActiveDate"].as_f64().unwrap() - shown[0]["CreateDate"].as_f64().unwrap();
    assert!((moved - 100.0).abs() < 0.001);
}

#[test]
fn the_least_recently_used_session_makes_room() {
    let world = tracking(2);
    let first = alice(&world);
    world.advance(1);
    let second = alice(&world);
    world.advance(1);
    let parameters = json!({ "REFRESH_TOKEN": first["RefreshToken"] });
    let flow = json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": WEB, "AuthParameters": parameters });
    world.ok("InitiateAuth", flow.clone());
    world.advance(1);
    let third = alice(&world);
    assert_eq!(sessions(&world, &third).len(), 2);
    assert_refused(world.err("GetUser", json!({ "AccessToken": second["AccessToken"] })), REVOKED);
    world.ok("InitiateAuth", flow);
    // "Lowering this value doesn't evict existing sessions on its own; the user is brought back within the limit on their next sign-in"
    world.ok("SetUserPoolSessionConfiguration", configuration("ENABLED", 1));
    assert_eq!(sessions(&world, &third).len(), 2);
    let fourth = alice(&world);
    assert_eq!(sessions(&world, &fourth).len(), 1);
}

#[test]
fn a_user_revokes_another_session_but_not_this_one() {
    let world = tracking(20);
    let (one, other) = (alice(&world), alice(&world));
    let (here, there) = (current(&world, &one), current(&world, &other));
    assert_eq!(world.err("RevokeUserSession", revoke(&one, &here, None)).0, "InvalidParameterException");
    assert_eq!(world.ok("RevokeUserSession", revoke(&one, &there, None)), json!({}));
    assert_refused(world.err("GetUser", json!({ "AccessToken": other["AccessToken"] })), REVOKED);
    let parameters = json!({ "REFRESH_TOKEN": other["RefreshToken"] });
    let flow = json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": WEB, "AuthParameters": parameters });
    assert_refused(world.err("InitiateAuth", flow), "Refresh Token has been revoked");
    assert_eq!(sessions(&world, &one).len(), 1);
    let gone = world.err("RevokeUserSession", revoke(&one, &there, Some("NONE")));
    assert_error(gone, "ResourceNotFoundException", GONE);
    let bob = world.sign_in(WEB, "bob", "Battery-Staple8?");
    let foreign = world.err("RevokeUserSession", revoke(&one, &current(&world, &bob), Some("LINKED")));
    assert_error(foreign, "ResourceNotFoundException", GONE);
    let malformed = world.err("RevokeUserSession", revoke(&one, "tkn1", None));
    assert_eq!(malformed.0, "InvalidParameterException");
}

#[test]
fn an_administrator_revokes_any_session_of_the_right_user() {
    let world = tracking(20);
    let tokens = alice(&world);
    let id = current(&world, &tokens);
    let admin = |username: &str| json!({ "UserPoolId": POOL, "Username": username, "SessionId": id });
    assert_error(world.err("AdminRevokeUserSession", admin("bob")), "ResourceNotFoundException", GONE);
    for operation in ["AdminRevokeUserSession", "AdminListUserSessions"] {
        let mut body = json!({ "UserPoolId": POOL, "Username": "nobody" });
        if operation == "AdminRevokeUserSession" {
            body["SessionId"] = json!(id);
        }
        assert_eq!(world.err(operation, body).0, "UserNotFoundException");
    }
    let unknown = json!({ "UserPoolId": POOL, "Username": "alice", "NextToken": "x" });
    assert_eq!(world.err("AdminListUserSessions", unknown).0, "InvalidParameterException");
    assert_eq!(world.ok("AdminRevokeUserSession", admin("alice")), json!({}));
    assert_refused(world.err("ListUserSessions", json!({ "AccessToken": tokens["AccessToken"] })), REVOKED);
}

#[test]
fn sessions_end_with_their_refresh_tokens() {
    let world = tracking(20);
    let (one, other) = (alice(&world), alice(&world));
    world.ok("RevokeToken", json!({ "Token": other["RefreshToken"], "ClientId": WEB }));
    assert_eq!(sessions(&world, &one).len(), 1);
    world.ok("AdminUserGlobalSignOut", json!({ "UserPoolId": POOL, "Username": "alice" }));
    assert_refused(world.err("GetUser", json!({ "AccessToken": one["AccessToken"] })), REVOKED);
    let again = alice(&world);
    assert_eq!(sessions(&world, &again).len(), 1);
    world.advance(31 * 24 * 3600);
    assert_eq!(sessions(&world, &alice(&world)).len(), 1, "the others have expired");
}

#[test]
fn an_administrator_signs_a_user_out_everywhere() {
    let world = World::new();
    let (one, other) = (alice(&world), world.sign_in(ROTATION, "alice", PASSWORD));
    let bob = world.sign_in(WEB, "bob", "Battery-Staple8?");
    assert_eq!(world.ok("AdminUserGlobalSignOut", json!({ "UserPoolId": POOL, "Username": "alice" })), json!({}));
    for tokens in [one, other] {
        assert_refused(world.err("GetUser", json!({ "AccessToken": tokens["AccessToken"] })), REVOKED);
    }
    world.ok("GetUser", json!({ "AccessToken": bob["AccessToken"] }));
    alice(&world);
    let nobody = json!({ "UserPoolId": POOL, "Username": "nobody" });
    assert_eq!(world.err("AdminUserGlobalSignOut", nobody).0, "UserNotFoundException");
}

#[test]
fn a_browser_has_a_session_that_apps_come_through() {
    let world = tracking(20);
    let mut browser = Browser::new(&world);
    let scope = ("scope", "openid aws.cognito.signin.user.admin");
    let landed = browser.sign_in(&authorize(&[scope]), "alice", PASSWORD);
    let tokens = world.token(&exchange(WEB, &parameters(&landed)["code"]));
    let tokens = json!({ "AccessToken": tokens["access_token"] });
    let shown = sessions(&world, &tokens);
    assert_eq!(shown.len(), 2);
    let (sso, token) = match shown[0]["SessionType"] == "SSO" {
        true => (&shown[0], &shown[1]),
        false => (&shown[1], &shown[0]),
    };
    assert!(sso["SessionId"].as_str().unwrap().starts_with("sso") && sso["IsCurrentSession"] == false);
    assert_eq!(token["OriginSessionId"], sso["SessionId"]);
    assert_eq!((&token["IsCurrentSession"], &sso["ClientId"]), (&json!(true), &json!(WEB)));

    // Signing out of the browser ends it, and the app goes on.
    browser.open(&format!("/logout?client_id={WEB}&logout_uri={}", encode(APP)));
    assert_eq!(sessions(&world, &tokens).len(), 1);
}

#[test]
fn a_revoked_browser_must_sign_in_again() {
    let world = tracking(20);
    let mut browser = Browser::new(&world);
    let tokens = through_browser(&world, &mut browser);
    let silent = |browser: &mut Browser<'_>| browser.open(&authorize(&[("prompt", "none")])).app();
    assert!(silent(&mut browser).contains("code="));
    let api = alice(&world);
    let sso = sessions(&world, &api).into_iter().find(|session| session["SessionType"] == "SSO").unwrap();
    world.ok("RevokeUserSession", revoke(&api, sso["SessionId"].as_str().unwrap(), None));
    assert!(silent(&mut browser).contains("login_required"));
    // The app that came through it goes on.
    world.ok("InitiateAuth", refresh(&tokens));
}

#[test]
fn linked_sessions_go_together() {
    let world = tracking(20);
    let mut browser = Browser::new(&world);
    let tokens = through_browser(&world, &mut browser);
    let landed = browser.open(&authorize(&[("prompt", "none")])).app();
    let second = world.token(&exchange(WEB, &parameters(&landed)["code"]));
    let api = alice(&world);
    let id = |kind: &str| {
        let shown = sessions(&world, &api).into_iter().find(|session| session["SessionType"] == kind);
        shown.map(|session| session["SessionId"].as_str().unwrap().to_owned())
    };
    // RevokeToken takes the browser's session with it, but not what else came through that.
    let body = json!({ "Token": second["refresh_token"], "ClientId": WEB, "RevokeAssociatedSessions": "LINKED" });
    world.ok("RevokeToken", body);
    assert_eq!(id("SSO"), None);
    world.ok("InitiateAuth", refresh(&tokens));
    let alone = json!({ "Token": api["RefreshToken"], "ClientId": WEB, "RevokeAssociatedSessions": "LINKED" });

    // An SSO session takes the apps that came through it.
    let through = through_browser(&world, &mut Browser::new(&world));
    world.ok("RevokeUserSession", revoke(&api, &id("SSO").unwrap(), Some("LINKED")));
    assert_refused(world.err("InitiateAuth", refresh(&through)), "Refresh Token has been revoked");
    world.ok("InitiateAuth", refresh(&tokens));
    // "LINKED has no effect … when the token session has no parent SSO session" (RevokeToken).
    world.ok("RevokeToken", alone);
}

#[test]
fn a_client_says_for_how_long_it_trusts_a_browser() {
    let world = World::new();
    let get = |client: &str| json!({ "UserPoolId": POOL, "ClientId": client });
    let set =
        |minutes: u64| json!({ "UserPoolId": POOL, "ClientId": WEB, "SSOSession": { "MaxValidityMinutes": minutes } });
    assert_eq!(world.ok("GetUserPoolClientSessionConfiguration", get(WEB)), set(60));
    assert_eq!(world.err("GetUserPoolClientSessionConfiguration", get("none")).0, "ResourceNotFoundException");
    assert_eq!(world.err("SetUserPoolClientSessionConfiguration", set(5)).0, "InvalidParameterException");
    world.ok("SetUserPoolSessionConfiguration", configuration("ENABLED", 20));
    for (minutes, good_for) in [(5, 5), (120, 120)] {
        assert_eq!(world.ok("SetUserPoolClientSessionConfiguration", set(minutes)), set(minutes));
        let mut browser = Browser::new(&world);
        browser.sign_in(&authorize(&[]), "alice", PASSWORD);
        world.advance(good_for * 60 - 1);
        assert!(browser.open(&authorize(&[("prompt", "none")])).app().contains("code="), "{minutes}");
        world.advance(1);
        assert!(browser.open(&authorize(&[("prompt", "none")])).app().contains("login_required"), "{minutes}");
    }
    world.ok("SetUserPoolClientSessionConfiguration", set(0));
    let mut browser = Browser::new(&world);
    assert!(browser.sign_in(&authorize(&[]), "alice", PASSWORD).contains("code="));
    assert!(browser.open(&authorize(&[("prompt", "none")])).app().contains("login_required"));
    assert_eq!(world.err("SetUserPoolClientSessionConfiguration", set(129_601)).0, "InvalidParameterException");
    let lite = world.ok("CreateUserPool", json!({ "PoolName": "lite", "UserPoolTier": "LITE" }));
    let mut body = set(5);
    body["UserPoolId"] = lite["UserPool"]["Id"].clone();
    assert_eq!(world.err("SetUserPoolClientSessionConfiguration", body).0, "FeatureUnavailableInTierException");
}

#[test]
fn a_user_who_must_choose_another_password_or_is_gone_has_no_sessions() {
    let world = tracking(20);
    let tokens = alice(&world);
    let id = current(&world, &tokens);
    let by_token = [
        ("ListUserSessions", json!({ "AccessToken": tokens["AccessToken"] })),
        ("RevokeUserSession", revoke(&tokens, &id, None)),
        ("GlobalSignOut", json!({ "AccessToken": tokens["AccessToken"] })),
    ];
    assert_refused(
        world.err("RevokeUserSession", revoke(&json!({ "AccessToken": "x" }), &id, None)),
        "Invalid Access Token",
    );
    world.ok("AdminResetUserPassword", json!({ "UserPoolId": POOL, "Username": "alice" }));
    for (operation, body) in by_token.clone() {
        assert_eq!(world.err(operation, body).0, "PasswordResetRequiredException", "{operation}");
    }
    world.call("AdminDeleteUser", json!({ "UserPoolId": POOL, "Username": "alice" }));
    for (operation, body) in by_token.into_iter().take(2) {
        assert_eq!(world.err(operation, body).0, "UserNotFoundException", "{operation}");
    }
    // Nobody inherits them with the name.
    world.ok("AdminCreateUser", json!({ "UserPoolId": POOL, "Username": "alice", "MessageAction": "SUPPRESS" }));
    let listed = world.ok("AdminListUserSessions", json!({ "UserPoolId": POOL, "Username": "alice" }));
    assert_eq!(listed, json!({ "Sessions": [] }));
}
