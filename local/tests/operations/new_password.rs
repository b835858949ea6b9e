//! NEW_PASSWORD_REQUIRED.

use serde_json::{Value, json};

use crate::srp_client::SrpClient;
use crate::world::{POOL, WEB, World, assert_error, assert_refused, password_flow};

const TEMPORARY: &str = "Temporary-1!";
const NEW: &str = "Brand-New-2!";

fn challenged(world: &World, name: &str) -> Value {
    let reply = world.ok("InitiateAuth", password_flow(WEB, name, TEMPORARY));
    assert_eq!(reply["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    reply
}

fn answer(challenge: &Value, name: &str, password: &str) -> Value {
    json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": WEB, "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": name, "NEW_PASSWORD": password },
    })
}

#[test]
fn a_temporary_password_must_be_replaced() {
    let world = World::new();
    let client = SrpClient::new(WEB, "dave", TEMPORARY);
    let challenge = world.ok("RespondToAuthChallenge", client.challenged(&world));
    let parameters = &challenge["ChallengeParameters"];
    assert_eq!(parameters["USER_ID_FOR_SRP"], "dave");
    assert_eq!(parameters["requiredAttributes"], "[]");
    let attributes: Value = serde_json::from_str(parameters["userAttributes"].as_str().unwrap()).unwrap();
    assert_eq!(attributes, json!({ "email": "dave@example.com", "email_verified": "true" }));

    let reply = world.ok("RespondToAuthChallenge", answer(&challenge, "dave", NEW));
    assert!(reply["AuthenticationResult"]["IdToken"].is_string());
    world.sign_in(WEB, "dave", NEW);
    let error = world.err("InitiateAuth", password_flow(WEB, "dave", TEMPORARY));
    assert_refused(error, "Incorrect username or password.");
}

#[test]
fn a_refused_password_keeps_the_session_and_an_accepted_one_uses_it_up() {
    let world = World::new();
    let challenge = challenged(&world, "dave");
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "dave", "short"));
    assert_error(error, "InvalidPasswordException", "Password did not conform with policy: Password not long enough");
    world.ok("RespondToAuthChallenge", answer(&challenge, "dave", NEW));
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "dave", NEW));
    assert_refused(error, "Invalid session for the user, session can only be used once.");
}

#[test]
fn sessions_expire_and_belong_to_one_user() {
    let world = World::new();
    let challenge = challenged(&world, "dave");
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "bob", NEW));
    assert_refused(error, "Invalid session for the user.");
    world.advance(180);
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "dave", NEW));
    assert_refused(error, "Invalid session for the user, session is expired.");
    let unknown = json!({ "Session": "made-up-session-of-twenty-letters" });
    assert_refused(world.err("RespondToAuthChallenge", answer(&unknown, "dave", NEW)), "Invalid session for the user.");
    let mut without = answer(&challenge, "dave", NEW);
    without.as_object_mut().unwrap().remove("Session");
    assert_error(
        world.err("RespondToAuthChallenge", without),
        "InvalidParameterException",
        "Missing required parameter Session",
    );
}

#[test]
fn auth_session_validity_is_the_clients() {
    let world = World::new();
    let slow = world.client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"], "AuthSessionValidity": 15 }));
    let challenge = world.ok("InitiateAuth", password_flow(&slow, "dave", TEMPORARY));
    world.advance(899);
    let mut body = answer(&challenge, "dave", NEW);
    body["ClientId"] = json!(slow);
    world.ok("RespondToAuthChallenge", body);
}

#[test]
fn a_temporary_password_lives_seven_days() {
    let world = World::new();
    world.advance(7 * 86_400 - 1);
    challenged(&world, "dave");
    world.advance(1);
    let error = world.err("InitiateAuth", password_flow(WEB, "dave", TEMPORARY));
    assert_refused(error, "Temporary password has expired and must be reset by an administrator.");
}

#[test]
fn required_attributes_must_be_given_and_cannot_be_changed() {
    let world = World::new();
    let schema = json!([{ "Name": "given_name", "AttributeDataType": "String", "Required": true, "Mutable": true },
                        { "Name": "plan", "AttributeDataType": "String", "Mutable": true }]);
    let pool = world.ok("CreateUserPool", json!({ "PoolName": "p", "Schema": schema }))["UserPool"]["Id"].take();
    let flows = json!(["ALLOW_USER_PASSWORD_AUTH"]);
    let client =
        world.ok("CreateUserPoolClient", json!({ "UserPoolId": pool, "ClientName": "c", "ExplicitAuthFlows": flows }));
    let client = client["UserPoolClient"]["ClientId"].as_str().unwrap();
    let user = |name: &str, attributes: Value| {
        let body = json!({ "UserPoolId": pool, "Username": name, "TemporaryPassword": TEMPORARY, "UserAttributes": attributes });
        world.ok("AdminCreateUser", body);
    };
    let respond = |name: &str, attribute: Option<(&str, &str)>| {
        let challenge = world.ok("InitiateAuth", password_flow(client, name, TEMPORARY));
        let mut body = answer(&challenge, name, NEW);
        body["ClientId"] = json!(client);
        if let Some((name, value)) = attribute {
            body["ChallengeResponses"][format!("userAttributes.{name}")] = json!(value);
        }
        (challenge, world.call("RespondToAuthChallenge", body))
    };
    user("gina", json!([]));
    let (challenge, reply) = respond("gina", None);
    assert_eq!(challenge["ChallengeParameters"]["requiredAttributes"], r#"["userAttributes.given_name"]"#);
    assert_eq!(reply.text("__type"), "InvalidParameterException");
    assert_eq!(respond("gina", Some(("email_verified", "true"))).1.text("__type"), "NotAuthorizedException");
    let (_, reply) = respond("gina", Some(("given_name", "Gina")));
    assert_eq!(reply.http.status, 200, "{}", reply.body);
    let stored = world.ok("AdminGetUser", json!({ "UserPoolId": pool, "Username": "gina" }));
    assert!(stored["UserAttributes"].as_array().unwrap().contains(&json!({ "Name": "given_name", "Value": "Gina" })));
    assert_eq!(stored["UserStatus"], "CONFIRMED");

    user("hank", json!([{ "Name": "given_name", "Value": "Hank" }]));
    assert_eq!(respond("hank", Some(("given_name", "Henry"))).1.text("__type"), "NotAuthorizedException");
    assert_eq!(respond("hank", Some(("custom:plan", "gold"))).1.http.status, 200);
    assert_ne!(pool, POOL);
}

#[test]
fn a_password_that_was_set_meanwhile_is_not_replaced() {
    let world = World::new();
    let challenge = challenged(&world, "dave");
    let set = json!({ "UserPoolId": POOL, "Username": "dave", "Password": "Other-Horse7!", "Permanent": true });
    world.ok("AdminSetUserPassword", set);
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "dave", NEW));
    assert_refused(error, "Invalid session for the user.");
    world.sign_in(WEB, "dave", "Other-Horse7!");
}
