//! Changing, listing and deleting app clients, and their secrets.
//!
//! Witnesses: botocore 1.44.8 for the operations; `ClientSecretDescriptorType` for the form of ids ("`<client-id>--<epoch-create-time>`")
//! and for when a value is shown.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, password_flow};

fn client(world: &World, mut settings: Value) -> Value {
    (settings["UserPoolId"], settings["ClientName"]) = (json!(POOL), json!("c"));
    world.ok("CreateUserPoolClient", settings)["UserPoolClient"].take()
}

fn of(made: &Value, mut more: Value) -> Value {
    (more["UserPoolId"], more["ClientId"]) = (json!(POOL), made["ClientId"].clone());
    more
}

#[test]
fn what_is_not_given_gets_its_default() {
    let world = World::new();
    let given = json!({
        "GenerateSecret": true,
        "RefreshTokenValidity": 5,
        "AccessTokenValidity": 2,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": false,
        "CallbackURLs": ["https://example.com/"],
        "ReadAttributes": ["email"],
        "AnalyticsConfiguration": { "ApplicationArn": "arn:aws:mobiletargeting:eu-west-1:000000000000:apps/abc" },
    });
    let made = client(&world, given.clone());
    for (member, value) in given.as_object().unwrap().iter().filter(|(member, _)| *member != "GenerateSecret") {
        assert_eq!(&made[member], value, "{member}");
    }
    world.advance(60);
    let updated =
        world.ok("UpdateUserPoolClient", of(&made, json!({ "AuthSessionValidity": 5 })))["UserPoolClient"].take();
    let plain = client(&world, json!({}));
    for member in given.as_object().unwrap().keys() {
        assert_eq!(updated[member], plain[member], "{member}");
    }
    assert_eq!(updated["AuthSessionValidity"], 5);
    for member in ["ClientId", "ClientName", "ClientSecret", "CreationDate", "UserPoolId"] {
        assert_eq!(updated[member], made[member], "{member}");
    }
    assert!(updated["ClientSecret"].is_string());
    assert_eq!(updated["LastModifiedDate"].as_f64(), made["CreationDate"].as_f64().map(|seconds| seconds + 60.0));
    assert_eq!(world.ok("DescribeUserPoolClient", of(&made, json!({})))["UserPoolClient"], updated);
}

#[test]
fn an_update_is_checked_as_a_new_client_is() {
    let world = World::new();
    let public = client(&world, json!({}));
    let before = world.ok("DescribeUserPoolClient", of(&public, json!({})));
    for (settings, kind) in [
        (json!({ "ReadAttributes": ["custom:nope"] }), "InvalidParameterException"),
        (
            json!({ "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["notes/read"] }),
            "InvalidParameterException",
        ),
        (json!({ "EnablePropagateAdditionalUserContextData": true }), "InvalidParameterException"),
        (json!({ "SupportedIdentityProviders": ["Nobody"] }), "InvalidParameterException"),
        (json!({ "AllowedOAuthScopes": ["nobody/read"] }), "ScopeDoesNotExistException"),
    ] {
        assert_eq!(world.err("UpdateUserPoolClient", of(&public, settings.clone())).0, kind, "{settings}");
    }
    assert_eq!(world.ok("DescribeUserPoolClient", of(&public, json!({}))), before);
    let confidential = client(&world, json!({ "GenerateSecret": true }));
    let machine = json!({
        "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["notes/read"], "AllowedOAuthFlowsUserPoolClient": true,
        "ClientName": "machine",
    });
    let updated = world.ok("UpdateUserPoolClient", of(&confidential, machine));
    assert_eq!(updated["UserPoolClient"]["ClientName"], "machine");
    for operation in ["UpdateUserPoolClient", "DeleteUserPoolClient"] {
        let unknown = json!({ "UserPoolId": POOL, "ClientId": "nothing" });
        assert_eq!(world.err(operation, unknown).0, "ResourceNotFoundException");
    }
}

#[test]
fn flows_that_are_taken_away_no_longer_work() {
    let world = World::new();
    let made = client(&world, json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }));
    let id = made["ClientId"].as_str().unwrap();
    world.sign_in(id, "alice", PASSWORD);
    world.ok("UpdateUserPoolClient", of(&made, json!({})));
    assert_eq!(world.err("InitiateAuth", password_flow(id, "alice", PASSWORD)).0, "InvalidParameterException");
}

#[test]
fn a_deleted_client_is_gone() {
    let world = World::new();
    let made = client(&world, json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }));
    assert_eq!(world.ok("DeleteUserPoolClient", of(&made, json!({}))), Value::Null);
    for operation in ["DeleteUserPoolClient", "DescribeUserPoolClient"] {
        assert_eq!(world.err(operation, of(&made, json!({}))).0, "ResourceNotFoundException");
    }
    let id = made["ClientId"].as_str().unwrap();
    assert_eq!(world.err("InitiateAuth", password_flow(id, "alice", PASSWORD)).0, "ResourceNotFoundException");
}

#[test]
fn clients_come_in_pages() {
    let world = World::new();
    for _ in 0..3 {
        client(&world, json!({}));
    }
    let (mut seen, mut token) = (Vec::new(), Value::Null);
    for _ in 0..3 {
        let page = world.ok("ListUserPoolClients", json!({ "UserPoolId": POOL, "MaxResults": 2, "NextToken": token }));
        let clients = page["UserPoolClients"].as_array().unwrap();
        assert!(clients.iter().all(|client| client["UserPoolId"] == POOL && client["ClientName"].is_string()));
        seen.extend(clients.iter().map(|client| client["ClientId"].as_str().unwrap().to_owned()));
        token = page["NextToken"].clone();
    }
    assert!(token.is_null() && seen.len() == 5 && seen.is_sorted() && seen.contains(&WEB.to_owned()));
    let list = |more: Value| {
        let mut body = more;
        body["UserPoolId"] = json!(POOL);
        body
    };
    assert_eq!(world.ok("ListUserPoolClients", list(json!({ "ClientType": "DCR" })))["UserPoolClients"], json!([]));
    assert_eq!(world.err("ListUserPoolClients", list(json!({ "NextToken": "%" }))).0, "InvalidParameterException");
}

/// The `SECRET_HASH` of a user and a client.
fn hash(secret: &str, username: &str, client: &str) -> String {
    use base64::Engine as _;
    use hmac::Mac as _;
    let mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    let tag = mac.chain_update(username).chain_update(client).finalize().into_bytes();
    base64::engine::general_purpose::STANDARD.encode(tag)
}

#[test]
fn secrets_are_rotated() {
    let world = World::new();
    let made = client(&world, json!({ "GenerateSecret": true, "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }));
    let id = made["ClientId"].as_str().unwrap();
    let sign_in = |secret: &str| {
        let mut body = password_flow(id, "alice", PASSWORD);
        body["AuthParameters"]["SECRET_HASH"] = json!(hash(secret, "alice", id));
        world.call("InitiateAuth", body).http.status
    };
    let first = made["ClientSecret"].as_str().unwrap();
    let listed = || world.ok("ListUserPoolClientSecrets", of(&made, json!({})))["ClientSecrets"].take();
    let old_id = listed()[0]["ClientSecretId"].clone();
    assert!(old_id.as_str().unwrap().starts_with(&format!("{id}--")));
    world.advance(1);
    let added = world.ok("AddUserPoolClientSecret", of(&made, json!({})))["ClientSecretDescriptor"].take();
    let second = added["ClientSecretValue"].as_str().unwrap();
    assert_ne!(first, second);
    assert_eq!((sign_in(first), sign_in(second), sign_in("neither")), (200, 200, 400));
    assert_eq!(listed().as_array().unwrap().len(), 2);
    assert!(listed().as_array().unwrap().iter().all(|secret| secret["ClientSecretValue"].is_null()));
    let third = world.err("AddUserPoolClientSecret", of(&made, json!({})));
    assert_eq!(third.0, "LimitExceededException");

    let delete = |id: &Value| of(&made, json!({ "ClientSecretId": id }));
    assert_eq!(world.ok("DeleteUserPoolClientSecret", delete(&old_id)), json!({}));
    assert_eq!((sign_in(first), sign_in(second)), (400, 200));
    assert_eq!(world.err("DeleteUserPoolClientSecret", delete(&old_id)).0, "ResourceNotFoundException");
    assert_eq!(
        world.err("DeleteUserPoolClientSecret", delete(&added["ClientSecretId"])).0,
        "InvalidParameterException"
    );
    let described = world.ok("DescribeUserPoolClient", of(&made, json!({})));
    assert_eq!(described["UserPoolClient"]["ClientSecret"], second);
}

#[test]
fn a_secret_of_ones_own_is_not_shown() {
    let world = World::new();
    let made = client(&world, json!({ "GenerateSecret": true }));
    let own = json!({ "ClientSecret": "abcdefghijklmnopqrstuvwxyz" });
    let added = world.ok("AddUserPoolClientSecret", of(&made, own.clone()))["ClientSecretDescriptor"].take();
    assert!(added["ClientSecretValue"].is_null() && added["ClientSecretCreateDate"].is_number());
    let ids = world.ok("ListUserPoolClientSecrets", of(&made, json!({})))["ClientSecrets"].take();
    assert_ne!(ids[0]["ClientSecretId"], ids[1]["ClientSecretId"]);
    assert_eq!(world.err("AddUserPoolClientSecret", of(&made, own)).0, "InvalidParameterException", "it has it");
    let public = client(&world, json!({}));
    assert_eq!(world.err("AddUserPoolClientSecret", of(&public, json!({}))).0, "InvalidParameterException");
    assert_eq!(world.ok("ListUserPoolClientSecrets", of(&public, json!({})))["ClientSecrets"], json!([]));
    let unknown = json!({ "UserPoolId": POOL, "ClientId": "nothing", "ClientSecretId": "x" });
    assert_eq!(world.err("DeleteUserPoolClientSecret", unknown).0, "ResourceNotFoundException");
    let token = of(&public, json!({ "NextToken": "x" }));
    assert_eq!(world.err("ListUserPoolClientSecrets", token).0, "InvalidParameterException");
}

#[test]
fn what_is_not_emulated_is_refused() {
    let world = World::new();
    for (settings, word) in [
        (
            json!({ "GenerateSecret": true, "PublishSecretsInAWSSecretsManager": true }),
            "PublishSecretsInAWSSecretsManager",
        ),
        (json!({ "ExplicitAuthFlows": ["ALLOW_TOKEN_EXCHANGE_DELEGATION"] }), "ALLOW_TOKEN_EXCHANGE_DELEGATION"),
    ] {
        let mut body = settings;
        (body["UserPoolId"], body["ClientName"]) = (json!(POOL), json!("c"));
        let (kind, text) = world.err("CreateUserPoolClient", body);
        assert_eq!(kind, "InvalidParameterException");
        assert!(text.contains(word), "{text}");
    }
}
