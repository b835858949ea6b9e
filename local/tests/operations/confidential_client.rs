//! Clients with a secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::srp_client::SrpClient;
use crate::world::{PASSWORD, POOL, WEB, World, assert_refused, password_flow};

struct Client {
    id: String,
    secret: String,
}

fn client(world: &World) -> Client {
    let flows = json!(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    let body =
        json!({ "UserPoolId": POOL, "ClientName": "server", "GenerateSecret": true, "ExplicitAuthFlows": flows });
    let made = world.ok("CreateUserPoolClient", body)["UserPoolClient"].take();
    let text = |key: &str| made[key].as_str().unwrap().to_owned();
    Client { id: text("ClientId"), secret: text("ClientSecret") }
}

/// `SECRET_HASH`.
pub(crate) fn secret_hash(secret: &str, username: &str, client_id: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    STANDARD.encode(mac.chain_update(username).chain_update(client_id).finalize().into_bytes())
}

impl Client {
    fn hash(&self, username: &str) -> String {
        secret_hash(&self.secret, username, &self.id)
    }

    fn missing(&self) -> String {
        format!("Client {} is configured with secret but SECRET_HASH was not received", self.id)
    }

    fn mismatch(&self) -> String {
        format!("Unable to verify secret hash for client {}", self.id)
    }
}

#[test]
fn every_flow_asks_for_the_hash() {
    let world = World::new();
    let client = client(&world);
    let mut flow = password_flow(&client.id, "alice", PASSWORD);
    assert_refused(world.err("InitiateAuth", flow.clone()), &client.missing());
    flow["AuthParameters"]["SECRET_HASH"] = json!(client.hash("bob"));
    assert_refused(world.err("InitiateAuth", flow.clone()), &client.mismatch());
    flow["AuthParameters"]["SECRET_HASH"] = json!(client.hash("alice"));
    let token = world.ok("InitiateAuth", flow)["AuthenticationResult"]["RefreshToken"].take();

    let mut refresh = json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": client.id, "AuthParameters": { "REFRESH_TOKEN": token } });
    assert_refused(world.err("InitiateAuth", refresh.clone()), &client.missing());
    refresh["AuthParameters"]["SECRET_HASH"] = json!(client.hash("alice"));
    world.ok("InitiateAuth", refresh);

    let mut plain = json!({ "RefreshToken": token, "ClientId": client.id });
    assert_refused(world.err("GetTokensFromRefreshToken", plain.clone()), &client.mismatch());
    plain["ClientSecret"] = json!(client.secret);
    world.ok("GetTokensFromRefreshToken", plain);
    assert_eq!(world.err("RevokeToken", json!({ "Token": token, "ClientId": client.id })).0, "UnauthorizedException");
    world.ok("RevokeToken", json!({ "Token": token, "ClientId": client.id, "ClientSecret": client.secret }));
}

#[test]
fn srp_hashes_the_name_of_each_request() {
    let world = World::new();
    let client = client(&world);
    let srp = SrpClient::new(&client.id, "alice@example.com", PASSWORD);
    let mut start = srp.start();
    start["AuthParameters"]["SECRET_HASH"] = json!(client.hash("alice@example.com"));
    let challenge = world.ok("InitiateAuth", start);
    let mut answer = srp.answer(&challenge, &crate::srp_client::now(&world));
    assert_refused(world.err("RespondToAuthChallenge", answer.clone()), &client.missing());
    answer["ChallengeResponses"]["SECRET_HASH"] = json!(client.hash("alice@example.com"));
    assert_refused(world.err("RespondToAuthChallenge", answer.clone()), &client.mismatch());
    answer["ChallengeResponses"]["SECRET_HASH"] = json!(client.hash("alice"));
    world.ok("RespondToAuthChallenge", answer);
}

#[test]
fn sign_up_asks_for_it_too() {
    let world = World::new();
    let client = client(&world);
    let bodies = [
        ("SignUp", json!({ "ClientId": client.id, "Username": "fred", "Password": PASSWORD })),
        ("ConfirmSignUp", json!({ "ClientId": client.id, "Username": "carol", "ConfirmationCode": "123456" })),
        ("ResendConfirmationCode", json!({ "ClientId": client.id, "Username": "carol" })),
    ];
    for (operation, mut body) in bodies {
        assert_refused(world.err(operation, body.clone()), &client.missing());
        body["SecretHash"] = json!(client.hash("someone"));
        assert_refused(world.err(operation, body.clone()), &client.mismatch());
    }
    let body =
        json!({ "ClientId": client.id, "Username": "fred", "Password": PASSWORD, "SecretHash": client.hash("fred") });
    world.ok("SignUp", body);
}

#[test]
fn a_public_client_takes_no_hash() {
    let world = World::new();
    let mut flow = password_flow(WEB, "alice", PASSWORD);
    flow["AuthParameters"]["SECRET_HASH"] = json!("AAAA");
    assert_eq!(world.err("InitiateAuth", flow).0, "NotAuthorizedException");
    let described: Value = world.ok("DescribeUserPoolClient", json!({ "UserPoolId": POOL, "ClientId": WEB }));
    assert!(described["UserPoolClient"].get("ClientSecret").is_none());
}
