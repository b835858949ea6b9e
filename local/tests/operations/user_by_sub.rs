//! Users who are named by their `sub`.
//!
//! Witness: botocore 1.44.5, `AdminGetUserRequest$Username`: "it can be any of their alias attributes. If username isn't an alias
//! attribute in your user pool, this value must be the sub of a local user or the username of a user from a third-party IdP."

use serde_json::{Value, json};

use crate::federation_browser::Browser;
use crate::srp_client::{SrpClient, now};
use crate::world::{PASSWORD, POOL, WEB, World, claims};

fn sub_of(world: &World, name: &str) -> String {
    let user = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": name }));
    let attributes = user["UserAttributes"].as_array().unwrap();
    let sub = attributes.iter().find(|attribute| attribute["Name"] == "sub").unwrap();
    sub["Value"].as_str().unwrap().to_owned()
}

#[test]
fn administrators_name_a_user_by_sub() {
    let world = World::new();
    let named = json!({ "UserPoolId": POOL, "Username": sub_of(&world, "bob") });
    assert_eq!(world.ok("AdminGetUser", named.clone())["Username"], "bob");
    world.ok("AdminDisableUser", named.clone());
    assert_eq!(world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "bob" }))["Enabled"], false);
    world.ok("AdminEnableUser", named.clone());
    let mut set = named;
    (set["Password"], set["Permanent"]) = (json!(PASSWORD), json!(true));
    world.ok("AdminSetUserPassword", set);
    world.sign_in(WEB, "bob", PASSWORD);
}

#[test]
fn a_user_signs_in_by_sub() {
    let world = World::new();
    let sub = sub_of(&world, "alice");
    let tokens = world.sign_in(WEB, &sub, PASSWORD);
    assert_eq!(claims(&tokens["AccessToken"])["username"], "alice");
    let client = SrpClient::new(WEB, &sub, PASSWORD);
    let challenge = world.ok("InitiateAuth", client.start());
    assert_eq!(challenge["ChallengeParameters"]["USER_ID_FOR_SRP"], "alice");
    let mut answer = client.answer(&challenge, &now(&world));
    answer["ChallengeResponses"]["USERNAME"] = json!(sub);
    world.ok("RespondToAuthChallenge", answer);
}

#[test]
fn the_sub_of_a_user_of_a_provider_names_nobody() {
    let world = World::new();
    let name = Browser::new(&world).id_claims("Google", "ada")["cognito:username"].as_str().unwrap().to_owned();
    let named = json!({ "UserPoolId": POOL, "Username": sub_of(&world, &name) });
    assert_eq!(world.err("AdminGetUser", named).0, "UserNotFoundException");
}

#[test]
fn nobody_else_takes_the_sub_as_a_name() {
    let world = World::new();
    let body = json!({ "UserPoolId": POOL, "Username": sub_of(&world, "bob"), "MessageAction": "SUPPRESS" });
    assert_eq!(world.err("AdminCreateUser", body).0, "UsernameExistsException");
    let body = json!({
        "ClientId": WEB, "Username": sub_of(&world, "bob"), "Password": PASSWORD,
        "UserAttributes": [{ "Name": "email", "Value": "eve@example.com" }],
    });
    let error: (String, String) = world.err("SignUp", body);
    assert_eq!(error.0, "UsernameExistsException");
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"], json!([]));
}
