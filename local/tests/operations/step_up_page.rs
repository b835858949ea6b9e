//! `acr_values` of `/oauth2/authorize`.
//!
//! Witness: Developer Guide, "Authentication levels with ACR and AMR claims".

use serde_json::{Value, json};

use crate::browser::{APP, Browser, authorize, parameters};
use crate::oauth_client::exchange;
use crate::sign_in_world::{TestPool, own_sender};
use crate::world::{PASSWORD, World, claims};

fn level(number: u32) -> String {
    format!("urn:cognito:loa:{number}")
}

/// A pool with optional MFA by SMS, which its user has not asked for.
fn pool<'a>(world: &'a World, tier: &str) -> TestPool<'a> {
    let mut settings = json!({ "UserPoolTier": tier });
    if tier != "LITE" {
        settings["EmailConfiguration"] = own_sender();
    }
    let pool = TestPool::new(world, settings);
    pool.set_mfa("OPTIONAL", &["SMS_MFA"]);
    pool.user("zoe", &[("phone_number", "+15551234567")]);
    let client = pool.add_client(json!({
        "CallbackURLs": [APP], "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid", "email"],
        "AllowedOAuthFlowsUserPoolClient": true, "SupportedIdentityProviders": ["COGNITO"],
    }));
    TestPool { client, ..pool }
}

/// `acr` and `amr` of the ID token that a return to the app leads to.
fn acr(pool: &TestPool<'_>, app: &str) -> (Value, Value) {
    let tokens = pool.world.token(&exchange(&pool.client, &parameters(app)["code"]));
    let claims = claims(&tokens["id_token"]);
    (claims["acr"].clone(), claims["amr"].clone())
}

#[test]
fn a_browser_that_is_signed_in_is_stepped_up() {
    let world = World::new();
    let pool = pool(&world, "ESSENTIALS");
    let mut browser = Browser::new(&world);
    let plain = authorize(&[("client_id", &pool.client)]);
    let weak = authorize(&[("client_id", &pool.client), ("acr_values", &level(1))]);
    let strong = authorize(&[("client_id", &pool.client), ("acr_values", &level(3))]);
    let app = browser.sign_in(&plain, "zoe", PASSWORD);
    assert_eq!(acr(&pool, &app), (Value::Null, Value::Null), "nobody has asked for it");
    let app = browser.open(&weak).app();
    assert_eq!(acr(&pool, &app), (json!(level(1)), json!(["pwd"])), "the session will do");

    let credentials = [("username", "zoe"), ("password", PASSWORD)];
    let page = browser.page(&strong);
    assert_eq!(page.path(), "/login");
    let refused = browser.submit(&page, &credentials).page();
    assert_eq!(refused.problem(), "The app asks for a stronger way to sign in, which you have not set up.");
    let prefer = json!({ "SMSMfaSettings": { "Enabled": true } });
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", prefer));
    let page = browser.page(&strong);
    assert_eq!(page.path(), "/login", "the session is too weak");
    let page = browser.submit(&page, &credentials).page();
    assert_eq!(page.path(), "/mfa");
    let app = browser.submit(&page, &[("code", &world.code("zoe"))]).app();
    assert_eq!(acr(&pool, &app), (json!(level(3)), json!(["pwd", "sms", "mfa"])));
    let app = browser.open(&strong).app();
    assert_eq!(acr(&pool, &app).0, json!(level(3)), "now the session will do");
}

#[test]
fn levels_that_are_none_are_refused_and_plans_without_levels_ignore_them() {
    let world = World::new();
    let essentials = pool(&world, "ESSENTIALS");
    let app =
        Browser::new(&world).open(&authorize(&[("client_id", &essentials.client), ("acr_values", "nonsense")])).app();
    assert_eq!(parameters(&app)["error"], "invalid_request");
    let lite = pool(&world, "LITE");
    let target = authorize(&[("client_id", &lite.client), ("acr_values", &level(4))]);
    let app = Browser::new(&world).sign_in(&target, "zoe", PASSWORD);
    assert_eq!(acr(&lite, &app), (Value::Null, Value::Null));
}
