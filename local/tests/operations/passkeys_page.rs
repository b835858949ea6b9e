//! `/passkeys/add`, and signing in with a passkey on `/login`.

use serde_json::{Value, json};

use crate::authenticator::Authenticator;
use crate::browser::{APP, Browser, Page, authorize, parameters, with_path};
use crate::oauth_client::exchange;
use crate::passkeys::{alice, register, world};
use crate::world::{PASSWORD, POOL, WEB, World, claims};

const TITLE: &str = "Add a passkey";

/// The options that the page's script gives to the browser.
fn options(page: &Page) -> Value {
    let text = page.html.split_once("data-options=\"").unwrap().1.split_once('"').unwrap().0;
    serde_json::from_str(&text.replace("&quot;", "\"")).unwrap()
}

fn count(world: &World) -> usize {
    let list = world.ok("ListWebAuthnCredentials", json!({ "AccessToken": alice(world) }));
    list["Credentials"].as_array().unwrap().len()
}

#[test]
fn a_signed_in_person_adds_a_passkey_and_goes_back() {
    let world = world();
    let mut browser = Browser::new(&world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    let page = browser.page(&with_path("/passkeys/add", &[]));
    assert_eq!((page.path(), page.title().as_str()), ("/passkeys/add", TITLE));
    assert!(page.may_lead_to("http://localhost:9401"));
    let mut authenticator = Authenticator::new();
    authenticator.origin = "http://localhost:9400".into();
    let credential = authenticator.create(&options(&page)).to_string();
    let address = browser.press(&page, TITLE, &[("credential", &credential)]).app();
    assert!(address.starts_with(APP));
    assert_eq!(parameters(&address)["state"], "the-state");
    assert!(parameters(&address).contains_key("code"));
    assert_eq!(count(&world), 1);

    // The same page again: its challenge is used up.
    let page = browser.press(&page, TITLE, &[("credential", &credential)]).page();
    assert_eq!((page.status, page.problem().as_str()), (400, "The challenge was not found or has expired."));
    let page = browser.press(&page, TITLE, &[("credential", "no JSON")]).page();
    assert_eq!((page.status, page.title().as_str()), (400, TITLE));
    assert_eq!(options(&page)["excludeCredentials"][0]["id"], json!(authenticator.id));
    assert_eq!(count(&world), 1);
}

#[test]
fn others_sign_in_first() {
    let world = world();
    let mut browser = Browser::new(&world);
    let page = browser.page(&with_path("/passkeys/add", &[]));
    assert_eq!((page.path(), page.title().as_str()), ("/login", "Sign in"));
    let page = browser.submit(&page, &[("username", "alice"), ("password", PASSWORD)]).page();
    assert_eq!((page.path(), page.title().as_str()), ("/passkeys/add", TITLE));
    let login = browser.page(&page.link("Continue without a passkey").unwrap());
    let address = browser.press(&login, "Continue as alice", &[]).app();
    assert!(parameters(&address).contains_key("code"));
    assert_eq!(count(&world), 0);
}

#[test]
fn a_form_of_another_browser_is_not_taken() {
    let world = world();
    let mut browser = Browser::new(&world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    let reply = browser.request("POST", &with_path("/passkeys/add", &[]), "_csrf=guessed&credential=%7B%7D");
    assert_eq!(reply.status, 400);
    assert!(String::from_utf8(reply.body).unwrap().contains("This page has expired"));
}

#[test]
fn a_pool_without_passkeys_says_so() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    let page = browser.page(&with_path("/passkeys/add", &[]));
    assert_eq!((page.status, page.problem().as_str()), (400, "Passkeys are not enabled for the user pool."));
}

const USE: &str = "Sign in with a passkey";

/// A passkey of alice that was made on the emulator's own pages.
fn registered(world: &World) -> Authenticator {
    let mut authenticator = Authenticator::new();
    authenticator.origin = "http://localhost:9400".into();
    register(world, &alice(world), &authenticator);
    authenticator
}

/// The page that asks for a passkey.
fn asked(browser: &mut Browser<'_>) -> Page {
    let login = browser.page(&authorize(&[]));
    let page = browser.press(&login, USE, &[]).page();
    assert_eq!((page.path(), page.title().as_str()), ("/login", USE));
    page
}

#[test]
fn the_login_page_takes_passkeys() {
    let world = world();
    let authenticator = registered(&world);
    let mut browser = Browser::new(&world);
    let page = asked(&mut browser);
    let options = options(&page);
    assert_eq!(options["allowCredentials"], json!([]), "the page does not know yet who comes");
    assert_eq!((&options["rpId"], &options["userVerification"]), (&json!("localhost"), &json!("preferred")));
    let credential = authenticator.get(&options).to_string();
    let address = browser.press(&page, "Use a passkey", &[("credential", &credential)]).app();
    let tokens = world.token(&exchange(WEB, &parameters(&address)["code"]));
    assert_eq!(claims(&tokens["id_token"])["cognito:username"], "alice");

    // The challenge is used up.
    let page = browser.press(&page, "Use a passkey", &[("credential", &credential)]).page();
    assert_eq!((page.status, page.title().as_str()), (400, "Page expired"));
}

#[test]
fn a_wrong_passkey_goes_back_to_the_login_page() {
    let world = world();
    let mut authenticator = registered(&world);
    let mut browser = Browser::new(&world);
    let mut refused = |credential: String| {
        let page = asked(&mut browser);
        let page = browser.press(&page, "Use a passkey", &[("credential", &credential)]).page();
        assert_eq!((page.status, page.title().as_str()), (400, "Sign in"));
        assert_eq!(page.problem(), "You can't sign in with this passkey.");
    };
    refused("no JSON".into());
    refused(authenticator.get(&json!({ "challenge": "AAAA" })).to_string());
    refused(Authenticator::new().get(&json!({ "challenge": "AAAA" })).to_string());

    let page = asked(&mut browser);
    authenticator.origin = "http://localhost.example.com".into();
    let foreign = authenticator.get(&options(&page)).to_string();
    authenticator.origin = "http://localhost:9400".into();
    let page = browser.press(&page, "Use a passkey", &[("credential", &foreign)]).page();
    assert_eq!(page.problem(), "You can't sign in with this passkey.");

    let page = asked(&mut browser);
    world.advance(180);
    let late = authenticator.get(&options(&page)).to_string();
    let page = browser.press(&page, "Use a passkey", &[("credential", &late)]).page();
    assert_eq!((page.status, page.title().as_str()), (400, "Page expired"));

    let page = asked(&mut browser);
    let right = authenticator.get(&options(&page)).to_string();
    world.ok("AdminDisableUser", json!({ "UserPoolId": POOL, "Username": "alice" }));
    let page = browser.press(&page, "Use a passkey", &[("credential", &right)]).page();
    assert_eq!((page.status, page.problem().as_str()), (400, "User is disabled."));
}

#[test]
fn the_login_page_offers_passkeys_only_where_the_api_does() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let login = browser.page(&authorize(&[]));
    assert!(!login.html.contains(USE));
    let values = format!("_csrf={}&passkey=use", login.forms()[0].fields[0].1);
    let reply = browser.request("POST", &login.target, &values);
    assert!(!String::from_utf8(reply.body).unwrap().contains("data-options"));
}
