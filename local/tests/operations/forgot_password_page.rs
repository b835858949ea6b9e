//! `/forgotPassword` and `/confirmforgotPassword`.

use serde_json::Value;

use crate::browser::{Browser, Page, authorize, parameters, with_path};
use crate::world::{WEB, World};

const NEW: &str = "Brand-New-Horse7!";

fn asked(browser: &mut Browser<'_>, name: &str) -> Page {
    let login = browser.page(&authorize(&[]));
    let page = browser.page(&login.link("Forgot your password?").unwrap());
    browser.submit(&page, &[("username", name)]).page()
}

#[test]
fn a_forgotten_password_is_replaced_and_signs_in() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = asked(&mut browser, "alice");
    assert_eq!((page.path(), page.title().as_str()), ("/confirmforgotPassword", "Set a new password"));
    assert!(page.html.contains("We sent a code to a***@e***."));
    let fill = |code: &str, password: &str, again: &str| {
        [("code", code.to_owned()), ("password", password.to_owned()), ("confirm_password", again.to_owned())]
    };
    let mut send = |values: [(&str, String); 3]| {
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.submit(&page, &values)
    };
    let code = world.code("alice");
    assert_eq!(send(fill(&code, NEW, "other")).page().problem(), "The passwords don't match.");
    assert!(send(fill("0", NEW, NEW)).page().problem().starts_with("Invalid"));
    assert!(send(fill(&code, "short", "short")).page().problem().starts_with("Password did not conform"));
    let app = send(fill(&code, NEW, NEW)).app();
    assert!(parameters(&app).contains_key("code"));
    world.sign_in(WEB, "alice", NEW);
    assert!(send(fill(&code, NEW, NEW)).page().problem().contains("expired"), "a code is good once");
}

#[test]
fn unknown_users_look_like_known_ones() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = asked(&mut browser, "nobody");
    assert_eq!(page.path(), "/confirmforgotPassword");
    let page = browser.submit(&page, &[("code", "123456"), ("password", NEW), ("confirm_password", NEW)]).page();
    assert_eq!(page.status, 400);
}

#[test]
fn a_second_factor_is_still_asked_for() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = asked(&mut browser, "frank");
    let code = world.code("frank");
    let page = browser.submit(&page, &[("code", &code), ("password", NEW), ("confirm_password", NEW)]).page();
    assert_eq!(page.path(), "/mfa");
    let totp = world.control("GET", "totp?user=frank", Value::Null)["code"].as_str().unwrap().to_owned();
    browser.submit(&page, &[("code", &totp)]).app();
}

#[test]
fn the_second_page_needs_the_first() {
    let world = World::new();
    let page = Browser::new(&world).page(&with_path("/confirmforgotPassword", &[]));
    assert_eq!((page.path(), page.title().as_str()), ("/forgotPassword", "Forgot your password?"));
    let mut browser = Browser::new(&world);
    let page = browser.page(&with_path("/forgotPassword", &[]));
    assert_eq!(browser.submit(&page, &[("username", "")]).page().status, 400);
}
