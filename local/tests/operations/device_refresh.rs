//! Refreshing the tokens of a device.
//!
//! Witness: "You must provide the confirmed device key in this request if device remembering is enabled in your user pool"
//! (`GetTokensFromRefreshTokenRequest`, "DeviceKey").

use serde_json::{Value, json};

use crate::device_world::{Device, Tracked, always, on_prompt};
use crate::world::{PASSWORD, WEB, World, assert_refused, claims};

const INVALID: &str = "Invalid Refresh Token";

/// The requests that refresh, with a device and without one.
fn requests(tracked: &Tracked, token: &Value, device_key: Option<&str>) -> [(&'static str, Value); 2] {
    let by_flow = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": tracked.client,
        "AuthParameters": { "REFRESH_TOKEN": token, "DEVICE_KEY": device_key },
    });
    let by_operation = json!({ "RefreshToken": token, "ClientId": tracked.client, "DeviceKey": device_key });
    [("InitiateAuth", by_flow), ("GetTokensFromRefreshToken", by_operation)]
}

#[test]
fn the_tokens_of_a_device_are_refreshed_with_its_key() {
    for configuration in [always(), on_prompt()] {
        let tracked = Tracked::new(configuration);
        let tokens = tracked.sign_in("ann");
        let device = tracked.confirm(&tokens);
        for (operation, body) in requests(&tracked, &tokens["RefreshToken"], Some(&device.key)) {
            let fresh = tracked.world.ok(operation, body)["AuthenticationResult"].take();
            assert_eq!(claims(&fresh["AccessToken"])["device_key"], json!(device.key));
            assert!(fresh.get("NewDeviceMetadata").is_none() && fresh.get("RefreshToken").is_none());
        }
    }
}

#[test]
fn without_the_confirmed_device_there_are_no_tokens() {
    let tracked = Tracked::new(always());
    let tokens = tracked.sign_in("ann");
    let refused = |key: Option<&str>| {
        for (operation, body) in requests(&tracked, &tokens["RefreshToken"], key) {
            assert_refused(tracked.world.err(operation, body), INVALID);
        }
    };
    let device = Device::of(&tokens);
    // Not confirmed yet.
    refused(Some(&device.key));
    refused(None);
    tracked.confirm(&tokens);
    refused(None);
    let another = tracked.confirm(&tracked.sign_in("ann"));
    refused(Some(&another.key));
    refused(Some(&tracked.confirm(&tracked.sign_in("ben")).key));
    let forget = json!({ "UserPoolId": tracked.pool, "Username": "ann", "DeviceKey": device.key });
    tracked.world.call("AdminForgetDevice", forget);
    refused(Some(&device.key));
}

#[test]
fn rotating_tokens_are_refreshed_with_the_key_too() {
    let mut tracked = Tracked::new(always());
    let settings = json!({
        "UserPoolId": tracked.pool, "ClientName": "rotating", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 0 },
    });
    let made = tracked.world.ok("CreateUserPoolClient", settings);
    tracked.client = made["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    let tokens = tracked.sign_in("ann");
    let device = tracked.confirm(&tokens);
    let refresh = |token: &Value, key: Option<&str>| json!({ "RefreshToken": token, "ClientId": tracked.client, "DeviceKey": key });
    // A refusal uses nothing up.
    let error = tracked.world.err("GetTokensFromRefreshToken", refresh(&tokens["RefreshToken"], None));
    assert_refused(error, INVALID);
    let mut token = tokens["RefreshToken"].clone();
    for _ in 0..2 {
        let body = refresh(&token, Some(&device.key));
        token = tracked.world.ok("GetTokensFromRefreshToken", body)["AuthenticationResult"]["RefreshToken"].take();
    }
    assert!(token.is_string());
}

#[test]
fn the_token_endpoint_knows_no_devices() {
    let tracked = Tracked::new(always());
    let tokens = tracked.sign_in("ann");
    let device = tracked.confirm(&tokens);
    let token = tokens["RefreshToken"].as_str().unwrap();
    let form = format!(
        "grant_type=refresh_token&client_id={}&refresh_token={token}&device_key={}",
        tracked.client, device.key
    );
    let request = poolpass_local::core::HttpRequest {
        method: "POST".into(),
        target: "/oauth2/token".into(),
        headers: vec![("Content-Type".into(), "application/x-www-form-urlencoded".into())],
        body: form.into_bytes(),
    };
    let reply = tracked.world.emulator.handle(request);
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!((reply.status, &body["error"]), (400, &json!("invalid_grant")));
}

#[test]
fn where_no_device_was_tracked_a_key_changes_nothing() {
    let world = World::new();
    let tokens = world.sign_in(WEB, "alice", PASSWORD);
    let parameters = json!({ "REFRESH_TOKEN": tokens["RefreshToken"], "DEVICE_KEY": "eu-west-1_0" });
    let flow = json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": WEB, "AuthParameters": parameters });
    let fresh = world.ok("InitiateAuth", flow)["AuthenticationResult"].take();
    assert!(claims(&fresh["AccessToken"]).get("device_key").is_none());
}
