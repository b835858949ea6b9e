//! What is in the tokens, and that they verify.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolpass_local::core::Config;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::world::{PASSWORD, POOL, START_MS, WEB, World, claims};

const ISSUER: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_PoolPass1";

fn jwks(world: &World) -> Vec<Value> {
    let http = world.send("GET", &format!("/{POOL}/.well-known/jwks.json"), "");
    assert_eq!(http.status, 200);
    let body: Value = serde_json::from_slice(&http.body).unwrap();
    body["keys"].as_array().unwrap().clone()
}

fn header(token: &Value) -> Value {
    let part = token.as_str().unwrap().split('.').next().unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// Verifies a token as any verifier does: by the key that its header names.
pub(crate) fn verifies(world: &World, token: &Value) -> bool {
    let keys = jwks(world);
    let key = keys.iter().find(|key| key["kid"] == header(token)["kid"]).expect("the kid is in the JWKS");
    let number = |name: &str| BigUint::from_bytes_be(&URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap());
    let key = RsaPublicKey::new(number("n"), number("e")).unwrap();
    let (message, signature) = token.as_str().unwrap().rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message), &signature).is_ok()
}

fn names(claims: &Value) -> Vec<&str> {
    claims.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn both_tokens_verify_under_keys_of_their_own() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    let [id, access] = [&result["IdToken"], &result["AccessToken"]];
    assert!(verifies(&world, id) && verifies(&world, access));
    assert_ne!(header(id)["kid"], header(access)["kid"]);
    assert_eq!(names(&header(id)), ["alg", "kid"]);
    for key in jwks(&world) {
        assert_eq!(names(&key), ["alg", "e", "kid", "kty", "n", "use"]);
        assert_eq!(
            (&key["alg"], &key["kty"], &key["use"], &key["e"]),
            (&json!("RS256"), &json!("RSA"), &json!("sig"), &json!("AQAB"))
        );
    }
}

#[test]
fn the_claims_are_cognitos_and_no_others() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    let (id, access) = (claims(&result["IdToken"]), claims(&result["AccessToken"]));
    let mut expected = vec![
        "aud",
        "auth_time",
        "cognito:groups",
        "cognito:preferred_role",
        "cognito:roles",
        "cognito:username",
        "email",
        "email_verified",
        "event_id",
        "exp",
        "iat",
        "iss",
        "jti",
        "origin_jti",
        "sub",
        "token_use",
    ];
    assert_eq!(names(&id), expected);
    expected = vec![
        "auth_time",
        "client_id",
        "cognito:groups",
        "event_id",
        "exp",
        "iat",
        "iss",
        "jti",
        "origin_jti",
        "scope",
        "sub",
        "token_use",
        "username",
    ];
    assert_eq!(names(&access), expected);
    for (key, value) in [
        ("aud", json!(WEB)),
        ("cognito:username", json!("alice")),
        ("cognito:groups", json!(["editors"])),
        ("email", json!("alice@example.com")),
        ("email_verified", json!(true)),
        ("iss", json!(ISSUER)),
        ("token_use", json!("id")),
        ("auth_time", json!(START_MS / 1000)),
        ("iat", json!(START_MS / 1000)),
        ("exp", json!(START_MS / 1000 + 3600)),
    ] {
        assert_eq!(id[key], value, "{key}");
    }
    for (key, value) in [
        ("client_id", json!(WEB)),
        ("username", json!("alice")),
        ("scope", json!("aws.cognito.signin.user.admin")),
        ("token_use", json!("access")),
        ("iss", json!(ISSUER)),
    ] {
        assert_eq!(access[key], value, "{key}");
    }
    for shared in ["sub", "event_id", "origin_jti", "auth_time"] {
        assert_eq!(id[shared], access[shared], "{shared}");
    }
    assert_ne!(id["jti"], access["jti"]);
}

#[test]
fn users_without_groups_have_no_such_claim() {
    let world = World::new();
    let result = world.sign_in(WEB, "bob", "Battery-Staple8?");
    assert!(claims(&result["IdToken"]).get("cognito:groups").is_none());
    assert!(claims(&result["AccessToken"]).get("cognito:groups").is_none());
}

#[test]
fn groups_bring_roles() {
    let arn = |name: &str| format!("arn:aws:iam::000000000000:role/{name}");
    let config = format!(
        r#"Region = "eu-west-1"
        [[UserPool]]
        Id = "eu-west-1_Roles"
        PoolName = "roles"
        [[UserPool.Client]]
        ClientId = "roles"
        ClientName = "roles"
        ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH"]
        [[UserPool.Group]]
        GroupName = "writers"
        Precedence = 2
        RoleArn = "{}"
        [[UserPool.Group]]
        GroupName = "admins"
        Precedence = 1
        RoleArn = "{}"
        [[UserPool.User]]
        Username = "zed"
        Password = "{PASSWORD}"
        Groups = ["admins", "writers"]"#,
        arn("writers"),
        arn("admins"),
    );
    let world = World::with(Config::from_toml(&config).unwrap());
    let id = claims(&world.sign_in("roles", "zed", PASSWORD)["IdToken"]);
    assert_eq!(id["cognito:roles"], json!([arn("admins"), arn("writers")]));
    assert_eq!(id["cognito:preferred_role"], json!(arn("admins")));
}

#[test]
fn the_client_decides_lifetimes_readable_attributes_and_tracing() {
    let world = World::new();
    let client = world.client(json!({
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "AccessTokenValidity": 5, "IdTokenValidity": 600, "RefreshTokenValidity": 2,
        "TokenValidityUnits": { "AccessToken": "minutes", "IdToken": "seconds", "RefreshToken": "hours" },
        "ReadAttributes": ["email_verified"], "EnableTokenRevocation": false,
    }));
    let result = world.sign_in(&client, "alice", PASSWORD);
    let (id, access) = (claims(&result["IdToken"]), claims(&result["AccessToken"]));
    assert_eq!(result["ExpiresIn"], 300);
    assert_eq!(access["exp"], json!(START_MS / 1000 + 300));
    assert_eq!(id["exp"], json!(START_MS / 1000 + 600));
    assert!(id.get("email").is_none() && id["email_verified"] == true);
    for traced in ["jti", "origin_jti"] {
        assert!(id.get(traced).is_none() && access.get(traced).is_none(), "{traced}");
    }
    let user = world.ok("GetUser", json!({ "AccessToken": result["AccessToken"] }));
    let shown: Vec<&str> =
        user["UserAttributes"].as_array().unwrap().iter().map(|a| a["Name"].as_str().unwrap()).collect();
    assert_eq!(shown, ["sub", "email_verified"]);
    let refresh = json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": client, "AuthParameters": { "REFRESH_TOKEN": result["RefreshToken"] } });
    world.advance(7199);
    world.ok("InitiateAuth", refresh.clone());
    world.advance(1);
    assert_eq!(world.err("InitiateAuth", refresh).1, "Refresh Token has expired");
}

#[test]
fn discovery_names_the_issuer_and_a_local_key_set() {
    let world = World::new();
    let http = world.send("GET", &format!("/{POOL}/.well-known/openid-configuration"), "");
    let body: Value = serde_json::from_slice(&http.body).unwrap();
    assert_eq!(body["issuer"], ISSUER);
    assert_eq!(body["jwks_uri"], format!("http://localhost:9400/{POOL}/.well-known/jwks.json"));
    assert_eq!(body["id_token_signing_alg_values_supported"], json!(["RS256"]));
    assert_eq!(world.send("GET", "/eu-west-1_Nothing/.well-known/jwks.json", "").status, 404);
    assert_eq!(world.send("GET", &format!("/{POOL}/.well-known/other"), "").status, 404);
}
