//! `/login` and what it leads to.

use serde_json::{Value, json};

use crate::browser::{Browser, authorize, parameters, with_path};
use crate::oauth_client::exchange;
use crate::world::{PASSWORD, POOL, WEB, World, claims};

#[test]
fn the_form_says_what_it_wants() {
    let world = World::new();
    let page = Browser::new(&world).page(&authorize(&[]));
    assert_eq!((page.status, page.title().as_str()), (200, "Sign in"));
    for part in [
        "<label for=\"username\">User name or e-mail</label>",
        "autocomplete=\"username\"",
        "autocomplete=\"current-password\"",
        "type=\"password\"",
        "to continue to web",
        "lang=\"en\"",
    ] {
        assert!(page.html.contains(part), "{part}");
    }
    for text in ["Forgot your password?", "Create an account"] {
        let target = page.link(text).unwrap();
        assert!(target.ends_with(&page.target["/login".len()..]), "{target}");
    }
    assert!(!page.html.contains(PASSWORD), "test users are not shown here");
    assert_eq!(page.html.matches("autofocus").count(), 1);
}

#[test]
fn the_cookie_is_for_http_only_and_changes_with_the_sign_in() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let reply = browser.request("GET", &with_path("/login", &[]), "");
    let cookie = reply.header("Set-Cookie").unwrap().to_owned();
    assert!(cookie.starts_with("cognito=") && cookie.ends_with("; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax"));
    let before = browser.cookies["cognito"].clone();
    assert!(browser.request("GET", &with_path("/login", &[]), "").header("Set-Cookie").is_none());
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    assert_ne!(browser.cookies["cognito"], before);
    browser.cookies.insert("cognito".into(), before);
    assert_eq!(browser.page(&authorize(&[])).path(), "/login", "the old cookie is worth nothing");
}

#[test]
fn refusals_have_the_words_of_the_api() {
    let world = World::new();
    for (name, password, text) in [
        ("alice", "Wrong-Horse7!", "Incorrect username or password."),
        ("nobody", PASSWORD, "Incorrect username or password."),
        ("", "", "Incorrect username or password."),
        ("erin", PASSWORD, "User is disabled."),
    ] {
        let mut browser = Browser::new(&world);
        let page = browser.page(&authorize(&[]));
        let page = browser.submit(&page, &[("username", name), ("password", password)]).page();
        assert_eq!((page.status, page.problem().as_str()), (400, text), "{name}");
        assert!(page.html.contains(&format!("value=\"{name}\"")) && !page.html.contains(PASSWORD));
        assert!(page.html.contains("aria-describedby=\"problem\""));
    }
}

#[test]
fn wrong_passwords_count_with_those_of_the_api() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = browser.page(&authorize(&[]));
    let mut attempt = |password: &str| {
        let landing = browser.submit(&page, &[("username", "bob"), ("password", password)]);
        landing.page().problem()
    };
    for _ in 0..3 {
        assert_eq!(attempt("Wrong-Horse7!"), "Incorrect username or password.");
    }
    for _ in 0..2 {
        world.err("InitiateAuth", crate::world::password_flow(WEB, "bob", "Wrong-Horse7!"));
    }
    assert_eq!(attempt("Battery-Staple8?"), "Password attempts exceeded");
}

#[test]
fn a_temporary_password_has_to_be_replaced() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = browser.page(&authorize(&[]));
    let page = browser.submit(&page, &[("username", "dave"), ("password", "Temporary-1!")]).page();
    assert_eq!((page.path(), page.title().as_str()), ("/changePassword", "Change your password"));
    assert!(page.html.contains("autocomplete=\"new-password\""));
    let mut change =
        |password: &str, again: &str| browser.submit(&page, &[("password", password), ("confirm_password", again)]);
    assert_eq!(change("Chosen-Horse7!", "Chosen-Horse8!").page().problem(), "The passwords don't match.");
    let problem = change("short", "short").page().problem();
    assert_eq!(problem, "Password did not conform with policy: Password not long enough");
    assert!(change("Chosen-Horse7! ", "Chosen-Horse7! ").page().problem().contains("password"));
    let app = change("Chosen-Horse7!", "Chosen-Horse7!").app();
    let tokens = world.token(&exchange(WEB, &parameters(&app)["code"]));
    assert_eq!(claims(&tokens["id_token"])["cognito:username"], "dave");
    world.sign_in(WEB, "dave", "Chosen-Horse7!");
    assert_eq!(browser.page(&with_path("/changePassword", &[("state", "other")])).path(), "/login");
}

#[test]
fn a_code_of_the_authenticator_app_is_asked_for() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = browser.page(&authorize(&[]));
    let page = browser.submit(&page, &[("username", "frank"), ("password", PASSWORD)]).page();
    assert_eq!(page.path(), "/mfa");
    assert!(page.html.contains("autocomplete=\"one-time-code\" value=\"\" required"));
    assert_eq!(browser.page(&authorize(&[])).path(), "/login", "nobody is signed in yet");
    let again = browser.page(&page.target);
    assert_eq!(again.path(), "/mfa", "a reload asks again");
    let wrong = browser.submit(&page, &[("code", "000000")]).page();
    assert_eq!(wrong.path(), "/mfa");
    assert!(!wrong.problem().is_empty());
    let code = world.control("GET", "totp?user=frank", Value::Null)["code"].as_str().unwrap().to_owned();
    let app = browser.submit(&wrong, &[("code", &format!(" {code} "))]).app();
    assert_eq!(
        claims(&world.token(&exchange(WEB, &parameters(&app)["code"]))["id_token"])["sub"].as_str().unwrap().len(),
        36
    );
}

#[test]
fn five_wrong_codes_lead_back_to_the_password() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = browser.page(&authorize(&[]));
    let mut page = browser.submit(&page, &[("username", "frank"), ("password", PASSWORD)]).page();
    for _ in 0..5 {
        page = browser.submit(&page, &[("code", "000000")]).page();
    }
    assert_eq!(page.title(), "Sign in");
    assert_eq!(browser.page(&with_path("/mfa", &[])).path(), "/login");
}

#[test]
fn a_pool_can_require_an_authenticator_app() {
    let world = World::new();
    world.ok(
        "SetUserPoolMfaConfig",
        json!({ "UserPoolId": POOL, "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": { "Enabled": true } }),
    );
    let mut browser = Browser::new(&world);
    let page = browser.page(&authorize(&[]));
    let page = browser.submit(&page, &[("username", "alice"), ("password", PASSWORD)]).page();
    assert_eq!((page.path(), page.title().as_str()), ("/mfa", "Set up an authenticator app"));
    let secret = page.html.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(secret.len(), 52);
    let wrong = browser.submit(&page, &[("code", "12345")]).page();
    assert!(!wrong.problem().is_empty() && wrong.html.contains(&secret), "the same secret is shown again");
}

#[test]
fn two_tabs_can_be_at_different_steps_and_end_in_any_order() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let one = browser.page(&authorize(&[("state", "one")]));
    let two = browser.page(&authorize(&[("state", "two")]));
    let mfa = browser.submit(&one, &[("username", "frank"), ("password", PASSWORD)]).page();
    let app = browser.submit(&two, &[("username", "alice"), ("password", PASSWORD)]).app();
    assert_eq!(parameters(&app)["state"], "two");
    let code = world.control("GET", "totp?user=frank", Value::Null)["code"].as_str().unwrap().to_owned();
    let app = browser.submit(&mfa, &[("code", &code)]).app();
    assert_eq!(parameters(&app)["state"], "one");
}
