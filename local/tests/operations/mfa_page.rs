//! `/mfa` with codes by SMS and e-mail: entering, choosing and setting up.

use serde_json::{Value, json};

use crate::browser::{APP, Browser, Page, authorize, parameters};
use crate::sign_in_world::{TestPool, own_sender};
use crate::world::{PASSWORD, World};

const ALL: [&str; 3] = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"];
const ADDRESSES: [(&str, &str); 2] = [("email", "zoe@example.com"), ("phone_number", "+15551234567")];

/// A pool with a user, whose client can use the pages. Forgotten passwords are for administrators.
fn pool<'a>(world: &'a World, mode: &str, addresses: &[(&str, &str)]) -> TestPool<'a> {
    let recovery = json!({ "RecoveryMechanisms": [{ "Priority": 1, "Name": "admin_only" }] });
    let pool = TestPool::new(world, json!({ "EmailConfiguration": own_sender(), "AccountRecoverySetting": recovery }));
    pool.set_mfa(mode, &ALL);
    pool.user("zoe", addresses);
    let client = pool.add_client(json!({
        "CallbackURLs": [APP], "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid", "email"],
        "AllowedOAuthFlowsUserPoolClient": true, "SupportedIdentityProviders": ["COGNITO"],
    }));
    TestPool { client, ..pool }
}

/// The page after the password.
#[track_caller]
fn after_password(browser: &mut Browser<'_>, pool: &TestPool<'_>) -> Page {
    let page = browser.page(&authorize(&[("client_id", &pool.client)]));
    let page = browser.submit(&page, &[("username", "zoe"), ("password", PASSWORD)]).page();
    assert_eq!(page.path(), "/mfa");
    page
}

#[test]
fn the_code_that_was_sent_is_entered() {
    let world = World::new();
    let pool = pool(&world, "OPTIONAL", &ADDRESSES);
    for (member, shown) in [("SMSMfaSettings", "+*******4567"), ("EmailMfaSettings", "z***@e***")] {
        let mut settings = json!({});
        settings[member] = json!({ "Enabled": true, "PreferredMfa": true });
        world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", settings));
        let mut browser = Browser::new(&world);
        let page = after_password(&mut browser, &pool);
        assert!(page.html.contains(shown), "{}", page.html);
        let code = world.code("zoe");
        let wrong = browser.submit(&page, &[("code", "nonsense")]).page();
        assert_eq!(wrong.problem(), "Invalid code or auth state for the user.");
        assert!(parameters(&browser.submit(&wrong, &[("code", &code)]).app()).contains_key("code"));
    }
}

#[test]
fn a_code_lives_for_three_minutes() {
    let world = World::new();
    let pool = pool(&world, "OPTIONAL", &ADDRESSES);
    let settings = json!({ "SMSMfaSettings": { "Enabled": true } });
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", settings));
    let mut browser = Browser::new(&world);
    let page = after_password(&mut browser, &pool);
    world.advance(180);
    let late = browser.submit(&page, &[("code", &world.code("zoe"))]).page();
    assert_eq!(late.problem(), "Invalid code provided, please request a code again.");
}

#[test]
fn a_factor_is_chosen() {
    let world = World::new();
    let pool = pool(&world, "OPTIONAL", &ADDRESSES);
    let both = json!({ "SMSMfaSettings": { "Enabled": true }, "EmailMfaSettings": { "Enabled": true } });
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", both));
    let mut browser = Browser::new(&world);
    let page = after_password(&mut browser, &pool);
    assert_eq!(page.title(), "Choose a second factor");
    assert!(!page.html.contains("Authenticator app"));
    let forged = browser.press(&page, "SMS", &[("factor", "SOFTWARE_TOKEN_MFA")]).page();
    assert_eq!(forged.problem(), "Choose one of these.");
    let page = browser.press(&page, "E-mail", &[]).page();
    assert_eq!(page.title(), "Enter your code");
    assert!(parameters(&browser.submit(&page, &[("code", &world.code("zoe"))]).app()).contains_key("code"));
}

#[test]
fn a_factor_is_set_up() {
    let world = World::new();
    for (button, title, address, attribute) in [
        ("SMS", "Set up codes by SMS", "+15551234567", "phone_number"),
        ("E-mail", "Set up codes by e-mail", "new@example.com", "email"),
    ] {
        let pool = pool(&world, "ON", &[]);
        let mut browser = Browser::new(&world);
        let page = after_password(&mut browser, &pool);
        assert_eq!(page.title(), "Set up a second factor");
        let page = browser.press(&page, button, &[]).page();
        assert_eq!(page.title(), title);
        let wrong = browser.submit(&page, &[("address", "nonsense")]).page();
        assert!(!wrong.problem().is_empty());
        let page = browser.submit(&wrong, &[("address", address)]).page();
        assert_eq!((page.title().as_str(), pool.attribute("zoe", attribute)), ("Enter your code", Value::Null));
        browser.submit(&page, &[("code", &world.code("zoe"))]).app();
        assert_eq!(pool.attribute("zoe", attribute), address);
        assert_eq!(pool.attribute("zoe", &format!("{attribute}_verified")), "true");
        let page = after_password(&mut Browser::new(&world), &pool);
        assert_eq!(page.title(), "Enter your code");
    }
    let pool = pool(&world, "ON", &[]);
    let mut browser = Browser::new(&world);
    let page = after_password(&mut browser, &pool);
    let page = browser.press(&page, "Authenticator app", &[]).page();
    assert_eq!(page.title(), "Set up an authenticator app");
    let secret = page.html.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    browser.submit(&page, &[("code", &world.totp_of(&secret))]).app();
}
