//! Attributes that sign users in are unique: aliases, and addresses that are user names.

use poolpass_local::core::Config;
use serde_json::Value;

use crate::profile::{BOBS, KEEPS, Person, world};
use crate::world::{PASSWORD, WEB, World, assert_error, password_flow};

#[test]
fn an_alias_in_force_is_not_taken_by_another() {
    for settings in [
        KEEPS,
        r#"AliasAttributes = ["email"]
        AutoVerifiedAttributes = ["email"]"#,
    ] {
        let world = world(settings);
        let ben = Person::signed_in(&world, "app", "ben", PASSWORD);
        ben.update(&[("email", "ann@example.com")]);
        let code = world.control("GET", "inbox?to=ben", Value::Null)["messages"][0]["code"].take();
        let error = world.err("VerifyUserAttribute", ben.verification("email", code.as_str().unwrap()));
        assert_error(error, "AliasExistsException", "An account with the email already exists.");
        world.sign_in("app", "ann@example.com", PASSWORD);
    }
}

#[test]
fn preferred_user_names_are_unique() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    bob.update(&[("preferred_username", "bobby")]);
    world.sign_in(WEB, "bobby", BOBS);
    let alice = Person::signed_in(&world, WEB, "alice", PASSWORD);
    assert_eq!(alice.update_err(&[("preferred_username", "Bobby")]).0, "AliasExistsException");
    bob.update(&[("preferred_username", "")]);
    alice.update(&[("preferred_username", "Bobby")]);
    world.sign_in(WEB, "bobby", PASSWORD);
}

#[test]
fn addresses_that_are_user_names_are_unique_and_stay() {
    let config = format!(
        r#"Region = "eu-west-1"
        [[UserPool]]
        Id = "eu-west-1_Profile"
        PoolName = "profile"
        UsernameAttributes = ["email"]
        [[UserPool.Client]]
        ClientId = "app"
        ClientName = "app"
        ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH"]
        [[UserPool.User]]
        Username = "ann@example.com"
        Password = "{PASSWORD}"
        [[UserPool.User]]
        Username = "ben@example.com"
        Password = "{PASSWORD}""#
    );
    let world = World::with(Config::from_toml(&config).unwrap());
    let ann = Person::signed_in(&world, "app", "ann@example.com", PASSWORD);
    let text = "An account with the email already exists.";
    assert_error(ann.update_err(&[("email", "ben@example.com")]), "AliasExistsException", text);
    assert_eq!(ann.update_err(&[("email", "")]).0, "InvalidParameterException");
    ann.update(&[("email", "anna@example.com")]);
    world.sign_in("app", "anna@example.com", PASSWORD);
    let error = world.err("InitiateAuth", password_flow("app", "ann@example.com", PASSWORD));
    assert_eq!(error.0, "UserNotFoundException");
}
