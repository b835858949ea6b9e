//! `/logout`.

use serde_json::json;

use crate::browser::{APP, Browser, Landing, authorize, query, with_path};
use crate::oauth_client::{exchange, refresh};
use crate::world::{PASSWORD, WEB, World};

fn signed_in(world: &World) -> Browser<'_> {
    let mut browser = Browser::new(world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    browser
}

#[test]
fn the_session_ends_and_the_app_is_reached() {
    let world = World::new();
    let mut browser = signed_in(&world);
    let target = format!("/logout?{}", query(&[("client_id", WEB), ("logout_uri", APP), ("state", "ignored")]));
    let reply = browser.request("GET", &target, "");
    assert_eq!((reply.status, reply.header("Location")), (302, Some(APP)));
    assert_eq!(reply.header("Set-Cookie"), Some("cognito=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
    assert!(browser.cookies.is_empty());
    assert_eq!(browser.page(&authorize(&[])).path(), "/login");
}

#[test]
fn signing_in_again_can_follow_at_once() {
    let world = World::new();
    let mut browser = signed_in(&world);
    let page = browser.page(&with_path("/logout", &[]));
    assert_eq!((page.path(), page.title().as_str()), ("/login", "Sign in"));
    assert!(!page.html.contains("Continue as"));
    let app = browser.submit(&page, &[("username", "bob"), ("password", "Battery-Staple8?")]).app();
    assert!(app.contains("state=the-state"));
}

#[test]
fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let world = World::new();
    for parameters in [
        vec![("client_id", WEB)],
        vec![("logout_uri", APP)],
        vec![("client_id", "nobody"), ("logout_uri", APP)],
        vec![("client_id", WEB), ("logout_uri", "https://evil.example/")],
        vec![("client_id", WEB), ("logout_uri", "http://localhost:9401")],
        vec![("client_id", WEB), ("redirect_uri", APP)],
        vec![("client_id", WEB), ("redirect_uri", "https://evil.example/"), ("response_type", "code")],
    ] {
        let mut browser = signed_in(&world);
        let page = browser.page(&format!("/logout?{}", query(&parameters)));
        assert_eq!(page.path(), "/error", "{parameters:?}");
        assert!(matches!(browser.open(&authorize(&[])), Landing::App(_)), "the session stays");
    }
}

#[test]
fn tokens_outlive_the_session() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let app = browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    let tokens = world.token(&exchange(WEB, &crate::browser::parameters(&app)["code"]));
    browser.open(&format!("/logout?{}", query(&[("client_id", WEB), ("logout_uri", APP)]))).app();
    world.token(&refresh(WEB, &tokens["refresh_token"]));
    world.ok("RevokeToken", json!({ "Token": tokens["refresh_token"], "ClientId": WEB }));
}
