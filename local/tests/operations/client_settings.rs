//! Attributes and flows of app clients.
//!
//! Witnesses: AWS's texts "Invalid read attributes specified while creating a client" and "Invalid write attributes specified while
//! creating a client" (aws/aws-cdk#20760 and others), the latter also for required attributes that are left out and for those that no
//! client may write; botocore 1.44.5, `CreateUserPoolClientRequest$ExplicitAuthFlows`: "You can't assign these legacy
//! ExplicitAuthFlows values to user pool clients at the same time as values that begin with ALLOW_".

use serde_json::{Value, json};

use crate::srp_client::SrpClient;
use crate::world::{PASSWORD, POOL, World, assert_error, password_flow};

fn client(pool: &Value, settings: Value) -> Value {
    let mut body = settings;
    (body["UserPoolId"], body["ClientName"]) = (pool.clone(), json!("c"));
    body
}

#[test]
fn attributes_must_be_in_the_schema_and_in_a_clients_power() {
    let world = World::new();
    let schema = json!([
        { "Name": "email", "AttributeDataType": "String", "Required": true, "Mutable": true },
        { "Name": "badge", "AttributeDataType": "Number" },
    ]);
    let pool = world.ok("CreateUserPool", json!({ "PoolName": "p", "Schema": schema }))["UserPool"]["Id"].take();
    let (read, write) = (
        "Invalid read attributes specified while creating a client",
        "Invalid write attributes specified while creating a client",
    );
    for (settings, text) in [
        (json!({ "ReadAttributes": ["custom:nope"] }), read),
        (json!({ "ReadAttributes": ["email", "badge"] }), read),
        (json!({ "WriteAttributes": ["email", "custom:nope"] }), write),
        (json!({ "WriteAttributes": ["name"] }), write),
        (json!({ "WriteAttributes": ["email", "email_verified"] }), write),
        (json!({ "WriteAttributes": ["email", "sub"] }), write),
    ] {
        let error = world.err("CreateUserPoolClient", client(&pool, settings));
        assert_error(error, "InvalidParameterException", text);
    }
    let good = json!({
        "ReadAttributes": ["email", "email_verified", "custom:badge", "sub"], "WriteAttributes": ["email", "name", "custom:badge"],
    });
    let made = world.ok("CreateUserPoolClient", client(&pool, good.clone()))["UserPoolClient"].take();
    for member in ["ReadAttributes", "WriteAttributes"] {
        assert_eq!(made[member], good[member]);
    }
}

/// Witnesses: Terraform's acceptance test `TestAccCognitoIDPUserPoolClient_basic`; botocore 1.44.5,
/// `CreateUserPoolClientRequest$EnablePropagateAdditionalUserContextData`, for the secret.
#[test]
fn defaults_are_shown() {
    let world = World::new();
    let make = |settings| world.call("CreateUserPoolClient", client(&json!(POOL), settings));
    let made = make(json!({})).body["UserPoolClient"].take();
    for member in ["AllowedOAuthFlowsUserPoolClient", "EnablePropagateAdditionalUserContextData"] {
        assert_eq!(made[member], false, "{member}");
    }
    let propagate = json!({ "EnablePropagateAdditionalUserContextData": true });
    assert_eq!(make(propagate.clone()).text("__type"), "InvalidParameterException", "it has no secret");
    let mut with_secret = propagate;
    with_secret["GenerateSecret"] = json!(true);
    assert_eq!(make(with_secret).body["UserPoolClient"]["EnablePropagateAdditionalUserContextData"], true);
}

#[test]
fn legacy_flows_are_taken_and_srp_and_refresh_stay_allowed() {
    let world = World::new();
    let sign_in = |flows: Value| {
        let made = world.ok("CreateUserPoolClient", client(&json!(POOL), json!({ "ExplicitAuthFlows": flows })));
        assert_eq!(made["UserPoolClient"]["ExplicitAuthFlows"], flows);
        made["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
    };
    let old = sign_in(json!(["USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"]));
    let tokens = world.sign_in(&old, "alice", PASSWORD);
    world.ok("InitiateAuth", SrpClient::new(&old, "alice", PASSWORD).start());
    let refresh = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": old, "AuthParameters": { "REFRESH_TOKEN": tokens["RefreshToken"] },
    });
    assert!(world.ok("InitiateAuth", refresh)["AuthenticationResult"]["AccessToken"].is_string());

    let admin = sign_in(json!(["ADMIN_NO_SRP_AUTH"]));
    world.ok("InitiateAuth", SrpClient::new(&admin, "alice", PASSWORD).start());
    let text = "USER_PASSWORD_AUTH flow not enabled for this client";
    assert_error(
        world.err("InitiateAuth", password_flow(&admin, "alice", PASSWORD)),
        "InvalidParameterException",
        text,
    );

    let custom = sign_in(json!(["CUSTOM_AUTH_FLOW_ONLY"]));
    let text = "USER_SRP_AUTH flow not enabled for this client";
    let error = world.err("InitiateAuth", SrpClient::new(&custom, "alice", PASSWORD).start());
    assert_error(error, "InvalidParameterException", text);
}

#[test]
fn legacy_flows_do_not_mix() {
    let world = World::new();
    for settings in [
        json!({ "ExplicitAuthFlows": ["USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"] }),
        // Old clients always refresh by REFRESH_TOKEN_AUTH.
        json!({ "ExplicitAuthFlows": ["USER_PASSWORD_AUTH"], "RefreshTokenRotation": { "Feature": "ENABLED" } }),
    ] {
        let error = world.err("CreateUserPoolClient", client(&json!(POOL), settings));
        assert_eq!(error.0, "InvalidParameterException");
    }
}
