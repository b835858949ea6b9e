//! UpdateUserAttributes, DeleteUserAttributes, GetUserAttributeVerificationCode, VerifyUserAttribute.

use poolpass_local::core::Config;
use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, assert_error, assert_refused, claims, password_flow};

pub(crate) const BOBS: &str = "Battery-Staple8?";

/// Someone who is signed in.
pub(crate) struct Person<'a> {
    world: &'a World,
    token: Value,
}

impl<'a> Person<'a> {
    #[track_caller]
    pub(crate) fn signed_in(world: &'a World, client: &str, username: &str, password: &str) -> Self {
        Self { world, token: world.sign_in(client, username, password)["AccessToken"].take() }
    }

    pub(crate) fn body(&self, mut body: Value) -> Value {
        body["AccessToken"] = self.token.clone();
        body
    }

    #[track_caller]
    pub(crate) fn update(&self, attributes: &[(&str, &str)]) -> Value {
        self.world.ok("UpdateUserAttributes", self.body(attributes_of(attributes)))["CodeDeliveryDetailsList"].take()
    }

    #[track_caller]
    pub(crate) fn update_err(&self, attributes: &[(&str, &str)]) -> (String, String) {
        self.world.err("UpdateUserAttributes", self.body(attributes_of(attributes)))
    }

    pub(crate) fn verification(&self, attribute: &str, code: &str) -> Value {
        self.body(json!({ "AttributeName": attribute, "Code": code }))
    }

    #[track_caller]
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let user = self.world.ok("GetUser", self.body(json!({})));
        let attributes = user["UserAttributes"].as_array().unwrap();
        let attribute = attributes.iter().find(|attribute| attribute["Name"] == name)?;
        Some(attribute["Value"].as_str().unwrap().to_owned())
    }
}

pub(crate) fn attributes_of(attributes: &[(&str, &str)]) -> Value {
    let list: Vec<Value> = attributes.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
    json!({ "UserAttributes": list })
}

pub(crate) fn code_of(person: &Person<'_>, attribute: &str) -> Value {
    person.body(json!({ "AttributeName": attribute }))
}

/// A pool with these settings and one client, `app`, and the users ann and ben.
pub(crate) fn world(settings: &str) -> World {
    let user = |name: &str| {
        format!(
            "[[UserPool.User]]\nUsername = \"{name}\"\nPassword = \"{PASSWORD}\"\nAttributes = {{ email = \"{name}@example.com\", email_verified = \"true\" }}\n"
        )
    };
    let (ann, ben) = (user("ann"), user("ben"));
    let config = format!(
        r#"Region = "eu-west-1"
        [[UserPool]]
        Id = "eu-west-1_Profile"
        PoolName = "profile"
        {settings}
        [[UserPool.Client]]
        ClientId = "app"
        ClientName = "app"
        ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH"]
        {ann}
        {ben}"#
    );
    World::with(Config::from_toml(&config).unwrap())
}

pub(crate) const KEEPS: &str = r#"AliasAttributes = ["email"]
    AutoVerifiedAttributes = ["email", "phone_number"]
    UserAttributeUpdateSettings = { AttributesRequireVerificationBeforeUpdate = ["email"] }"#;

#[test]
fn attributes_are_written_and_taken_away() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    assert_eq!(bob.update(&[("name", "Bob B."), ("nickname", "b")]), json!([]));
    assert_eq!((bob.attribute("name").as_deref(), bob.attribute("nickname").as_deref()), (Some("Bob B."), Some("b")));
    // "To delete an attribute from the user, submit the attribute … with a blank value" (UpdateUserAttributes).
    bob.update(&[("nickname", "")]);
    assert_eq!(bob.attribute("nickname"), None);
    let names = bob.body(json!({ "UserAttributeNames": ["name", "birthdate"] }));
    assert_eq!(world.ok("DeleteUserAttributes", names), json!({}));
    assert_eq!(bob.attribute("name"), None);
}

#[test]
fn a_changed_address_is_unverified_until_its_code_comes() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    let sent = bob.update(&[("email", "robert@example.org"), ("name", "Bob")]);
    let details = json!({ "Destination": "r***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email" });
    assert_eq!(sent, json!([details]));
    assert_eq!(bob.attribute("email").as_deref(), Some("robert@example.org"));
    assert_eq!(bob.attribute("email_verified").as_deref(), Some("false"));
    for login in ["robert@example.org", "bob@example.com"] {
        assert_refused(world.err("InitiateAuth", password_flow(WEB, login, BOBS)), "Incorrect username or password.");
    }
    let message = world.control("GET", "inbox?to=robert@example.org", Value::Null)["messages"][0].take();
    let code = message["code"].as_str().unwrap();
    assert_eq!((&message["kind"], &message["username"]), (&json!("updateUserAttribute"), &json!("bob")));
    assert_eq!(message["text"], format!("Your verification code is {code}"));

    let wrong = if code == "000000" { "000001" } else { "000000" };
    let text = "Invalid verification code provided, please try again.";
    assert_error(world.err("VerifyUserAttribute", bob.verification("email", wrong)), "CodeMismatchException", text);
    assert_eq!(world.ok("VerifyUserAttribute", bob.verification("email", code)), json!({}));
    assert_eq!(bob.attribute("email_verified").as_deref(), Some("true"));
    world.sign_in(WEB, "robert@example.org", BOBS);
    // Once.
    let text = "Invalid code provided, please request a code again.";
    assert_error(world.err("VerifyUserAttribute", bob.verification("email", code)), "ExpiredCodeException", text);
}

#[test]
fn the_same_address_stays_verified() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    assert_eq!(bob.update(&[("email", "bob@example.com")]), json!([]));
    assert_eq!(bob.attribute("email_verified").as_deref(), Some("true"));
}

#[test]
fn an_address_that_is_not_verified_automatically_gets_a_code_when_asked_for() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    assert_eq!(bob.update(&[("phone_number", "+15551234567")]), json!([]));
    assert_eq!(bob.attribute("phone_number_verified").as_deref(), Some("false"));
    let sent = world.ok("GetUserAttributeVerificationCode", code_of(&bob, "phone_number"));
    let details = json!({ "Destination": "+*******4567", "DeliveryMedium": "SMS", "AttributeName": "phone_number" });
    assert_eq!(sent["CodeDeliveryDetails"], details);
    let message = world.control("GET", "inbox?to=%2B15551234567", Value::Null)["messages"][0].take();
    assert_eq!((&message["kind"], &message["medium"]), (&json!("verifyUserAttribute"), &json!("SMS")));
    let code = message["code"].as_str().unwrap();
    // A code is for its own attribute.
    let error = world.err("VerifyUserAttribute", bob.verification("email", code));
    assert_eq!(error.0, "ExpiredCodeException");
    world.ok("VerifyUserAttribute", bob.verification("phone_number", code));
    assert_eq!(bob.attribute("phone_number_verified").as_deref(), Some("true"));
}

#[test]
fn a_code_is_for_the_address_that_it_was_sent_to() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    bob.update(&[("phone_number", "+15551234567")]);
    world.ok("GetUserAttributeVerificationCode", code_of(&bob, "phone_number"));
    let code = world.code("%2B15551234567");
    bob.update(&[("phone_number", "+15557654321")]);
    assert_eq!(world.err("VerifyUserAttribute", bob.verification("phone_number", &code)).0, "ExpiredCodeException");
    bob.update(&[("email", "b@example.org")]);
    let code = world.code("b@example.org");
    bob.update(&[("email", "c@example.org")]);
    assert_eq!(world.err("VerifyUserAttribute", bob.verification("email", &code)).0, "CodeMismatchException");
    bob.update(&[("email", "")]);
    assert_eq!(world.err("VerifyUserAttribute", bob.verification("email", &code)).0, "ExpiredCodeException");
    assert_eq!((bob.attribute("email"), bob.attribute("email_verified")), (None, None));
}

#[test]
fn a_code_lives_for_a_day() {
    let world = World::new();
    let long = json!({
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"], "AccessTokenValidity": 24, "IdTokenValidity": 24,
    });
    let client = world.client(long);
    let bob = Person::signed_in(&world, &client, "bob", BOBS);
    bob.update(&[("email", "b@example.org")]);
    let code = world.code("b@example.org");
    world.advance(24 * 3600 - 1);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(world.err("VerifyUserAttribute", bob.verification("email", wrong)).0, "CodeMismatchException");
    world.advance(1);
    let bob = Person::signed_in(&world, &client, "bob", BOBS);
    assert_eq!(world.err("VerifyUserAttribute", bob.verification("email", &code)).0, "ExpiredCodeException");
}

#[test]
fn codes_are_limited() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    let text = "Attempt limit exceeded, please try after some time.";
    for _ in 0..5 {
        world.ok("GetUserAttributeVerificationCode", code_of(&bob, "email"));
    }
    let error = world.err("GetUserAttributeVerificationCode", code_of(&bob, "email"));
    assert_error(error, "LimitExceededException", text);
    let code = world.code("bob@example.com");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..15 {
        assert_eq!(world.err("VerifyUserAttribute", bob.verification("email", wrong)).0, "CodeMismatchException");
    }
    assert_error(world.err("VerifyUserAttribute", bob.verification("email", &code)), "LimitExceededException", text);
    // Others have their own count.
    let alice = Person::signed_in(&world, WEB, "alice", PASSWORD);
    world.ok("GetUserAttributeVerificationCode", code_of(&alice, "email"));
    world.advance(3600);
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    world.ok("VerifyUserAttribute", bob.verification("email", &code));
}

#[test]
fn only_addresses_that_are_there_can_be_verified() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    for attribute in ["name", "custom:none", "phone_number"] {
        let error = world.err("GetUserAttributeVerificationCode", code_of(&bob, attribute));
        assert_eq!(error.0, "InvalidParameterException", "{attribute}");
    }
    let error = world.err("VerifyUserAttribute", bob.verification("name", "123456"));
    assert_eq!(error.0, "InvalidParameterException");
}

#[test]
fn a_code_of_one_user_is_none_of_another() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    let alice = Person::signed_in(&world, WEB, "alice", PASSWORD);
    world.ok("GetUserAttributeVerificationCode", code_of(&alice, "email"));
    let code = world.code("alice@example.com");
    assert_eq!(world.err("VerifyUserAttribute", bob.verification("email", &code)).0, "ExpiredCodeException");
    world.ok("VerifyUserAttribute", alice.verification("email", &code));
}

#[test]
fn what_may_not_be_written_is_refused_and_nothing_changes() {
    let world = World::new();
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    let unauthorized = "A client attempted to write unauthorized attribute";
    for name in ["sub", "email_verified", "phone_number_verified"] {
        assert_refused(bob.update_err(&[("name", "x"), (name, "true")]), unauthorized);
        let names = bob.body(json!({ "UserAttributeNames": [name] }));
        assert_refused(world.err("DeleteUserAttributes", names), unauthorized);
    }
    for (name, value) in [("email", "nowhere"), ("phone_number", "123"), ("birthdate", "1"), ("custom:none", "x")] {
        let error = bob.update_err(&[("name", "x"), (name, value)]);
        assert_eq!(error.0, "InvalidParameterException", "{name}");
    }
    let names = bob.body(json!({ "UserAttributeNames": ["custom:none"] }));
    let text = "user.custom:none: Attribute does not exist in the schema.\n";
    assert_error(world.err("DeleteUserAttributes", names), "InvalidParameterException", text);
    assert_ne!(bob.attribute("name").as_deref(), Some("x"));

    let client = world.client(json!({
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"], "WriteAttributes": ["name"], "ReadAttributes": ["name", "nickname"],
    }));
    let bob = Person::signed_in(&world, &client, "bob", BOBS);
    bob.update(&[("name", "x")]);
    assert_refused(bob.update_err(&[("nickname", "x")]), unauthorized);
    assert_refused(bob.update_err(&[("nickname", "")]), unauthorized);
}

#[test]
fn required_and_immutable_attributes_stay() {
    let world = world(
        r#"Schema = [
            { Name = "email", Required = true, Mutable = true },
            { Name = "badge", AttributeDataType = "String", Mutable = false },
        ]"#,
    );
    let ann = Person::signed_in(&world, "app", "ann", PASSWORD);
    let text = "user.custom:badge: Attribute cannot be updated.\n";
    assert_error(ann.update_err(&[("custom:badge", "1")]), "InvalidParameterException", text);
    let text = "user.email: The attribute is required.\n";
    assert_error(ann.update_err(&[("email", "")]), "InvalidParameterException", text);
    let names = ann.body(json!({ "UserAttributeNames": ["email"] }));
    assert_error(world.err("DeleteUserAttributes", names), "InvalidParameterException", text);
    ann.update(&[("email", "a@example.com")]);
}

#[test]
fn an_address_that_must_be_verified_first_changes_only_then() {
    let world = world(KEEPS);
    let ann = Person::signed_in(&world, "app", "ann", PASSWORD);
    let sent = ann.update(&[("email", "new@example.org"), ("name", "Ann")]);
    assert_eq!(sent[0]["Destination"], "n***@e***");
    // "Your user can sign in and receive messages with the original attribute value until they verify the new value."
    assert_eq!(ann.attribute("email").as_deref(), Some("ann@example.com"));
    assert_eq!(ann.attribute("email_verified").as_deref(), Some("true"));
    assert_eq!(ann.attribute("name").as_deref(), Some("Ann"));
    world.sign_in("app", "ann@example.com", PASSWORD);
    let error = world.err("InitiateAuth", password_flow("app", "new@example.org", PASSWORD));
    assert_eq!(error.0, "UserNotFoundException");
    // Asked for again, the code goes to the new address.
    let sent = world.ok("GetUserAttributeVerificationCode", code_of(&ann, "email"));
    assert_eq!(sent["CodeDeliveryDetails"]["Destination"], "n***@e***");
    world.ok("VerifyUserAttribute", ann.verification("email", &world.code("new@example.org")));
    assert_eq!(ann.attribute("email").as_deref(), Some("new@example.org"));
    assert_eq!(claims(&world.sign_in("app", "new@example.org", PASSWORD)["IdToken"])["email_verified"], true);
    let error = world.err("InitiateAuth", password_flow("app", "ann@example.com", PASSWORD));
    assert_eq!(error.0, "UserNotFoundException");

    // Going back on it makes the code worthless.
    ann.update(&[("email", "other@example.org")]);
    let code = world.code("other@example.org");
    ann.update(&[("email", "new@example.org")]);
    assert_eq!(world.err("VerifyUserAttribute", ann.verification("email", &code)).0, "ExpiredCodeException");
    assert_eq!(ann.attribute("email").as_deref(), Some("new@example.org"));
    // Other attributes are not kept.
    ann.update(&[("phone_number", "+15551234567")]);
    assert_eq!(ann.attribute("phone_number").as_deref(), Some("+15551234567"));
}

#[test]
fn what_waits_for_verification_must_be_verified_automatically() {
    let settings = KEEPS.replace(r#"["email", "phone_number"]"#, r#"["phone_number"]"#);
    let body = format!("Region = \"eu-west-1\"\n[[UserPool]]\nId = \"eu-west-1_P\"\nPoolName = \"p\"\n{settings}");
    let error = Config::from_toml(&body).err().unwrap().to_string();
    assert!(error.contains("AttributesRequireVerificationBeforeUpdate"), "{error}");
}

#[test]
fn users_who_may_not_do_it_are_refused() {
    let world = World::new();
    let calls = |token: &Value| {
        let with = |mut body: Value| {
            body["AccessToken"] = token.clone();
            body
        };
        [
            ("UpdateUserAttributes", with(attributes_of(&[("name", "x")]))),
            ("DeleteUserAttributes", with(json!({ "UserAttributeNames": ["name"] }))),
            ("GetUserAttributeVerificationCode", with(json!({ "AttributeName": "email" }))),
            ("VerifyUserAttribute", with(json!({ "AttributeName": "email", "Code": "123456" }))),
            ("GetUser", with(json!({}))),
            ("DeleteUser", with(json!({}))),
        ]
    };
    let bob = Person::signed_in(&world, WEB, "bob", BOBS);
    for (operation, body) in calls(&json!("a.b.c")) {
        assert_refused(world.err(operation, body), "Invalid Access Token");
        let id = world.sign_in(WEB, "bob", BOBS)["IdToken"].take();
        let body = calls(&id).into_iter().find(|call| call.0 == operation).unwrap().1;
        assert_refused(world.err(operation, body), "Invalid Access Token");
    }
    world.ok("AdminResetUserPassword", json!({ "UserPoolId": POOL, "Username": "bob" }));
    for (operation, body) in calls(&bob.token) {
        assert_error(
            world.err(operation, body),
            "PasswordResetRequiredException",
            "Password reset required for the user",
        );
    }
    let alice = Person::signed_in(&world, WEB, "alice", PASSWORD);
    world.ok("AdminDeleteUser", json!({ "UserPoolId": POOL, "Username": "alice" }));
    for (operation, body) in calls(&alice.token) {
        assert_error(world.err(operation, body), "UserNotFoundException", "User does not exist.");
    }
    world.ok("DeleteUserPoolDomain", json!({ "UserPoolId": POOL, "Domain": "poolpass-local" }));
    world.ok("DeleteUserPool", json!({ "UserPoolId": POOL }));
    for (operation, body) in calls(&bob.token) {
        assert_refused(world.err(operation, body), "Invalid Access Token");
    }
}
