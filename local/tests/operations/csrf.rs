//! Form posts that are not from our pages, or come too late.

use poolpass_local::core::HttpRequest;

use crate::browser::{Browser, Landing, authorize, encode, with_path};
use crate::world::{PASSWORD, World};

const FORMS: [&str; 7] =
    ["/login", "/signup", "/confirmUser", "/forgotPassword", "/confirmforgotPassword", "/changePassword", "/mfa"];

fn form(csrf: &str) -> String {
    format!("_csrf={}&username=alice&password={}", encode(csrf), encode(PASSWORD))
}

#[test]
fn a_post_needs_the_token_of_its_own_browser() {
    let world = World::new();
    let mut mine = Browser::new(&world);
    let page = mine.page(&with_path("/login", &[]));
    let token = page.forms()[0].fields[0].1.clone();
    let mut other = Browser::new(&world);
    other.page(&with_path("/login", &[]));
    for path in FORMS {
        let target = with_path(path, &[]);
        for csrf in ["", "x", &token] {
            let reply = other.request("POST", &target, &form(csrf));
            let html = String::from_utf8(reply.body).unwrap();
            assert_eq!(reply.status, 400, "{path}");
            assert!(html.contains("This page has expired.") && html.contains("Start again"), "{path}");
        }
        assert_eq!(Browser::new(&world).request("POST", &target, &form(&token)).status, 400, "without a cookie");
    }
    assert_eq!(mine.request("POST", &page.target, &form(&token)).status, 302);
}

#[test]
fn a_page_that_was_open_for_an_hour_offers_to_start_again() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = browser.page(&authorize(&[]));
    world.advance(3600);
    let expired = browser.submit(&page, &[("username", "alice"), ("password", PASSWORD)]).page();
    assert_eq!(expired.title(), "Page expired");
    let again = browser.page(&expired.link("Start again").unwrap());
    assert_eq!(again.target, page.target);
    browser.submit(&again, &[("username", "alice"), ("password", PASSWORD)]).app();
}

#[test]
fn bad_cookies_are_no_cookies() {
    let world = World::new();
    for value in ["", "x", "\"", "=;=", "üü", &"x".repeat(5000)] {
        let mut browser = Browser::new(&world);
        browser.cookies.insert("cognito".into(), value.into());
        let page = browser.page(&authorize(&[]));
        browser.submit(&page, &[("username", "alice"), ("password", PASSWORD)]).app();
    }
}

#[test]
fn a_form_sent_twice_signs_in_twice() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = browser.page(&authorize(&[]));
    let mut send = || browser.submit(&page, &[("username", "alice"), ("password", PASSWORD)]).app();
    let (one, two) = (send(), send());
    assert_ne!(one, two);
}

#[test]
fn huge_and_foreign_forms_are_refused() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = browser.page(&authorize(&[]));
    let huge = format!("{}&x={}", form("x"), "x".repeat(100_000));
    assert_eq!(browser.request("POST", &page.target, &huge).status, 413);
    let long = authorize(&[("state", &"s".repeat(20_000))]);
    let landing = browser.open(&long);
    assert!(matches!(landing, Landing::Page(page) if page.status == 414));
    for content_type in ["application/json", "text/plain", "multipart/form-data; boundary=x", ""] {
        let request = HttpRequest {
            method: "POST".into(),
            target: page.target.clone(),
            headers: vec![("Content-Type".into(), content_type.into())],
            body: form("x").into_bytes(),
        };
        assert_eq!(world.emulator.handle(request).status, 415, "{content_type}");
    }
    for (method, path) in [("POST", "/oauth2/authorize"), ("POST", "/logout"), ("POST", "/error"), ("PUT", "/login")] {
        assert_eq!(browser.request(method, path, "a=b").status, 405, "{method} {path}");
    }
}
