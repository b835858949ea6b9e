//! AdminUpdateUserAttributes, AdminDeleteUserAttributes.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, assert_error, assert_refused, password_flow};

fn update(user: &str, attributes: &[(&str, &str)]) -> Value {
    let list: Vec<Value> = attributes.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
    json!({ "UserPoolId": POOL, "Username": user, "UserAttributes": list })
}

fn delete(user: &str, names: &[&str]) -> Value {
    json!({ "UserPoolId": POOL, "Username": user, "UserAttributeNames": names })
}

#[track_caller]
fn attribute(world: &World, user: &str, name: &str) -> Option<String> {
    let user = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": user }));
    let attributes = user["UserAttributes"].as_array().unwrap();
    let attribute = attributes.iter().find(|attribute| attribute["Name"] == name)?;
    Some(attribute["Value"].as_str().unwrap().to_owned())
}

fn messages(world: &World, to: &str) -> usize {
    world.control("GET", &format!("inbox?to={to}"), Value::Null)["messages"].as_array().unwrap().len()
}

#[test]
fn an_administrator_writes_and_takes_away() {
    let world = World::new();
    assert_eq!(world.ok("AdminUpdateUserAttributes", update("bob", &[("name", "Bob"), ("nickname", "b")])), json!({}));
    world.ok("AdminUpdateUserAttributes", update("bob", &[("nickname", "")]));
    assert_eq!(
        (attribute(&world, "bob", "name").as_deref(), attribute(&world, "bob", "nickname")),
        (Some("Bob"), None)
    );
    assert_eq!(world.ok("AdminDeleteUserAttributes", delete("bob@example.com", &["name", "birthdate"])), json!({}));
    assert_eq!(attribute(&world, "bob", "name"), None);
}

#[test]
fn a_changed_address_is_unverified_and_gets_a_code_unless_it_is_said_to_be_verified() {
    let world = World::new();
    world.ok("AdminUpdateUserAttributes", update("bob", &[("email", "b@example.org")]));
    assert_eq!(attribute(&world, "bob", "email_verified").as_deref(), Some("false"));
    assert_eq!(messages(&world, "b@example.org"), 1);
    world.ok("AdminUpdateUserAttributes", update("bob", &[("email", "c@example.org"), ("email_verified", "true")]));
    assert_eq!(attribute(&world, "bob", "email_verified").as_deref(), Some("true"));
    assert_eq!(messages(&world, "c@example.org"), 0);
    world.sign_in(WEB, "c@example.org", "Battery-Staple8?");
    world.ok("AdminUpdateUserAttributes", update("bob", &[("email_verified", "false")]));
    let error = world.err("InitiateAuth", password_flow(WEB, "c@example.org", "Battery-Staple8?"));
    assert_refused(error, "Incorrect username or password.");
}

#[test]
fn an_administrator_can_move_an_alias() {
    let world = World::new();
    world.ok("AdminUpdateUserAttributes", update("bob", &[("email", "alice@example.com"), ("email_verified", "true")]));
    assert_eq!(attribute(&world, "alice", "email_verified").as_deref(), Some("false"));
    world.sign_in(WEB, "alice@example.com", "Battery-Staple8?");
    // And back, by the flag alone.
    world.ok("AdminUpdateUserAttributes", update("alice", &[("email_verified", "true")]));
    assert_eq!(attribute(&world, "bob", "email_verified").as_deref(), Some("false"));
    world.sign_in(WEB, "alice@example.com", PASSWORD);

    world.ok("AdminUpdateUserAttributes", update("bob", &[("preferred_username", "bobby")]));
    let error = world.err("AdminUpdateUserAttributes", update("alice", &[("preferred_username", "bobby")]));
    assert_eq!(error.0, "AliasExistsException");
}

#[test]
fn what_an_administrator_may_not_write_is_refused() {
    let world = World::new();
    let unauthorized = "A client attempted to write unauthorized attribute";
    assert_refused(world.err("AdminUpdateUserAttributes", update("bob", &[("sub", "x")])), unauthorized);
    assert_refused(world.err("AdminDeleteUserAttributes", delete("bob", &["sub"])), unauthorized);
    let text = "user.custom:none: Attribute does not exist in the schema.\n";
    let error = world.err("AdminUpdateUserAttributes", update("bob", &[("custom:none", "x")]));
    assert_error(error, "InvalidParameterException", text);
    let error = world.err("AdminDeleteUserAttributes", delete("bob", &["custom:none"]));
    assert_error(error, "InvalidParameterException", text);
    for (flag, text) in [
        ("email_verified", "Email is required to verify/un-verify an email"),
        ("phone_number_verified", "Phone Number is required to verify/un-verify a phone number"),
    ] {
        world.ok("AdminDeleteUserAttributes", delete("bob", &[flag.trim_end_matches("_verified")]));
        let error = world.err("AdminUpdateUserAttributes", update("bob", &[(flag, "true")]));
        assert_error(error, "InvalidParameterException", text);
        let error = world.err("AdminUpdateUserAttributes", update("bob", &[(flag, "perhaps")]));
        assert_eq!(error.0, "InvalidParameterException");
    }
    for (operation, body) in [
        ("AdminUpdateUserAttributes", update("nobody", &[("name", "x")])),
        ("AdminDeleteUserAttributes", delete("nobody", &["name"])),
        ("AdminDeleteUser", json!({ "UserPoolId": POOL, "Username": "nobody" })),
    ] {
        assert_error(world.err(operation, body.clone()), "UserNotFoundException", "User does not exist.");
        let mut elsewhere = body;
        elsewhere["UserPoolId"] = json!("eu-west-1_None");
        assert_eq!(world.err(operation, elsewhere).0, "ResourceNotFoundException", "{operation}");
    }
}
