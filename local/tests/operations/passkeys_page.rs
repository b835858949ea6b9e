//! `/passkeys/add`.

use serde_json::{Value, json};

use crate::authenticator::Authenticator;
use crate::browser::{APP, Browser, Page, authorize, parameters, with_path};
use crate::passkeys::{alice, world};
use crate::world::{PASSWORD, World};

const TITLE: &str = "Add a passkey";

/// The options that the page's script gives to the browser.
fn options(page: &Page) -> Value {
    let text = page.html.split_once("data-options=\"").unwrap().1.split_once('"').unwrap().0;
    serde_json::from_str(&text.replace("&quot;", "\"")).unwrap()
}

fn registered(world: &World) -> usize {
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
    assert_eq!(registered(&world), 1);

    // The same page again: its challenge is used up.
    let page = browser.press(&page, TITLE, &[("credential", &credential)]).page();
    assert_eq!((page.status, page.problem().as_str()), (400, "The challenge was not found or has expired."));
    let page = browser.press(&page, TITLE, &[("credential", "no JSON")]).page();
    assert_eq!((page.status, page.title().as_str()), (400, TITLE));
    assert_eq!(options(&page)["excludeCredentials"][0]["id"], json!(authenticator.id));
    assert_eq!(registered(&world), 1);
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
    assert_eq!(registered(&world), 0);
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
