//! SetUserPoolMfaConfig and GetUserPoolMfaConfig.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, assert_error};

/// Sets the mode of the built-in pool.
pub(crate) fn configure(world: &World, mode: &str) -> Value {
    let totp = (mode != "OFF").then(|| json!({ "Enabled": true }));
    world.ok(
        "SetUserPoolMfaConfig",
        json!({ "UserPoolId": POOL, "MfaConfiguration": mode, "SoftwareTokenMfaConfiguration": totp }),
    )
}

#[test]
fn pools_are_configured_and_described() {
    let world = World::new();
    let shown = |mode: &str| json!({ "MfaConfiguration": mode, "SoftwareTokenMfaConfiguration": { "Enabled": true } });
    let get = || world.ok("GetUserPoolMfaConfig", json!({ "UserPoolId": POOL }));
    assert_eq!(get(), shown("OPTIONAL"));
    assert_eq!(configure(&world, "ON"), shown("ON"));
    assert_eq!(get(), shown("ON"));
    let described = world.ok("DescribeUserPool", json!({ "UserPoolId": POOL }));
    assert_eq!(described["UserPool"]["MfaConfiguration"], "ON");
    assert_eq!(configure(&world, "OFF"), json!({ "MfaConfiguration": "OFF" }));
    configure(&world, "OPTIONAL");
    assert_eq!(world.ok("SetUserPoolMfaConfig", json!({ "UserPoolId": POOL })), json!({ "MfaConfiguration": "OFF" }));

    let nowhere = json!({ "UserPoolId": "eu-west-1_Nowhere" });
    for operation in ["GetUserPoolMfaConfig", "SetUserPoolMfaConfig"] {
        assert_eq!(world.err(operation, nowhere.clone()).0, "ResourceNotFoundException", "{operation}");
    }
    let made = world.ok("CreateUserPool", json!({ "PoolName": "p", "MfaConfiguration": "OFF" }));
    assert_eq!(made["UserPool"]["MfaConfiguration"], "OFF");
}

#[test]
fn contradictions_and_other_factors_are_refused() {
    let world = World::new();
    let together = "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.";
    let none = "SMS MFA, Email MFA, or Software Token MFA must be enabled";
    for (mode, factor, text) in [
        (Some("OFF"), json!({ "SoftwareTokenMfaConfiguration": { "Enabled": true } }), together),
        (None, json!({ "SoftwareTokenMfaConfiguration": { "Enabled": false } }), together),
        (Some("ON"), json!({}), none),
        (Some("OPTIONAL"), json!({}), none),
        (Some("ON"), json!({ "SoftwareTokenMfaConfiguration": { "Enabled": false } }), none),
        (Some("ON"), json!({ "EmailMfaConfiguration": { "Message": "{####}" } }), "DEVELOPER"),
        (Some("ON"), json!({ "SmsMfaConfiguration": { "SmsAuthenticationMessage": "{####}" } }), "SmsConfiguration"),
        (Some("SOMETIMES"), json!({}), "enum value set: [OFF, ON, OPTIONAL]"),
    ] {
        let mut body = factor.clone();
        body["UserPoolId"] = json!(POOL);
        body["MfaConfiguration"] = json!(mode);
        let error = world.err("SetUserPoolMfaConfig", body);
        assert!(error.0 == "InvalidParameterException" && error.1.contains(text), "{mode:?} {factor}: {error:?}");
    }
    let kept = world.ok("GetUserPoolMfaConfig", json!({ "UserPoolId": POOL }));
    assert_eq!(kept["MfaConfiguration"], "OPTIONAL");
}

#[test]
fn a_pool_without_mfa_asks_nobody_and_offers_nothing() {
    let world = World::new();
    configure(&world, "OFF");
    let token = world.sign_in(WEB, "frank", PASSWORD)["AccessToken"].take();
    let text = "Software Token MFA has not been enabled by the userPool";
    let error = world.err("AssociateSoftwareToken", json!({ "AccessToken": token }));
    assert_error(error, "SoftwareTokenMFANotFoundException", text);
    let error = world.err("VerifySoftwareToken", json!({ "AccessToken": token, "UserCode": "123456" }));
    assert_error(error, "SoftwareTokenMFANotFoundException", text);
}

/// Witness: AWS as measured in go-to-k/cdkd, issues 1923 (OFF with WebAuthnConfiguration) and 2064 (ON with a single factor).
#[test]
fn passkeys_are_configured_beside_mfa() {
    let world = World::new();
    let set = |body: Value| {
        let mut body = body;
        body["UserPoolId"] = json!(POOL);
        body
    };
    let shown = json!({ "RelyingPartyId": "login.example.com", "UserVerification": "required" });
    let off = set(json!({ "MfaConfiguration": "OFF", "WebAuthnConfiguration": shown }));
    let reply = json!({ "MfaConfiguration": "OFF", "WebAuthnConfiguration": shown });
    assert_eq!(world.ok("SetUserPoolMfaConfig", off), reply);
    assert_eq!(world.ok("GetUserPoolMfaConfig", set(json!({}))), reply);
    assert_eq!(world.ok("SetUserPoolMfaConfig", set(json!({}))), reply, "what is absent stays");
    for id in ["", "https://example.com", "example.com:443", "Example.com", "example..com", "-.com", "a b", "ü.example"]
    {
        let body = set(json!({ "WebAuthnConfiguration": { "RelyingPartyId": id } }));
        assert_eq!(world.err("SetUserPoolMfaConfig", body).0, "InvalidParameterException", "{id}");
    }
    for (name, value) in [("UserVerification", "discouraged"), ("FactorConfiguration", "TWO"), ("Origins", "x")] {
        let body = set(json!({ "WebAuthnConfiguration": { name: value } }));
        assert_eq!(world.err("SetUserPoolMfaConfig", body).0, "InvalidParameterException", "{name}");
    }
    assert_eq!(world.ok("GetUserPoolMfaConfig", set(json!({}))), reply, "nothing has changed");
}

#[test]
fn passkeys_of_a_pool_that_requires_mfa_must_count_as_two_factors() {
    let world = crate::passkeys::world();
    let on = |web_authn: Value| {
        let totp = json!({ "Enabled": true });
        json!({ "UserPoolId": POOL, "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": totp, "WebAuthnConfiguration": web_authn })
    };
    let text = "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor";
    for web_authn in
        [json!(null), json!({ "UserVerification": "required" }), json!({ "FactorConfiguration": "SINGLE_FACTOR" })]
    {
        assert_error(world.err("SetUserPoolMfaConfig", on(web_authn)), "InvalidParameterException", text);
    }
    let two = json!({ "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION" });
    let reply = world.ok("SetUserPoolMfaConfig", on(two.clone()));
    assert_eq!((&reply["MfaConfiguration"], &reply["WebAuthnConfiguration"]), (&json!("ON"), &two));
}
