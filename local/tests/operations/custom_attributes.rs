//! `AddCustomAttributes` and attributes that only administrators write.
//!
//! Witness: botocore 1.44.8, `SchemaAttributeType$Name` and `$DeveloperOnlyAttribute`.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, assert_refused};

fn attribute(name: &str) -> Value {
    json!({ "Name": name, "AttributeDataType": "String", "Mutable": true })
}

fn add(attributes: Value) -> Value {
    json!({ "UserPoolId": POOL, "CustomAttributes": attributes })
}

fn names(world: &World) -> Vec<String> {
    let pool = world.ok("DescribeUserPool", json!({ "UserPoolId": POOL }));
    let schema = pool["UserPool"]["SchemaAttributes"].as_array().unwrap();
    schema.iter().map(|shown| shown["Name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn attributes_are_added_and_users_may_have_them() {
    let world = World::new();
    let developer =
        json!({ "Name": "level", "AttributeDataType": "Number", "Mutable": true, "DeveloperOnlyAttribute": true });
    world.ok("AddCustomAttributes", add(json!([attribute("badge"), developer])));
    assert!(names(&world).ends_with(&["custom:badge".into(), "dev:level".into()]));
    let attributes = [json!({ "Name": "custom:badge", "Value": "7" }), json!({ "Name": "dev:level", "Value": "3" })];
    let user =
        json!({ "UserPoolId": POOL, "Username": "zoe", "UserAttributes": attributes, "MessageAction": "SUPPRESS" });
    world.ok("AdminCreateUser", user);
    let shown = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "zoe" }));
    for attribute in &attributes {
        assert!(shown["UserAttributes"].as_array().unwrap().contains(attribute));
    }
    // Nobody writes the second one but administrators.
    let sign_up = |attribute: &Value| json!({ "ClientId": WEB, "Username": "max", "Password": PASSWORD, "UserAttributes": [attribute] });
    let text = "A client attempted to write unauthorized attribute";
    assert_refused(world.err("SignUp", sign_up(&attributes[1])), text);
    world.ok("SignUp", sign_up(&attributes[0]));
    let client = json!({ "UserPoolId": POOL, "ClientName": "c", "WriteAttributes": ["email", "dev:level"] });
    assert_eq!(world.err("CreateUserPoolClient", client).0, "InvalidParameterException");
}

#[test]
fn what_cannot_be_added_changes_nothing() {
    let world = World::new();
    world.ok("AddCustomAttributes", add(json!([attribute("badge")])));
    let before = names(&world);
    for attributes in [
        json!([attribute("fine"), attribute("badge")]),
        json!([attribute("twice"), attribute("twice")]),
        json!([attribute("fine"), { "Name": "x" }]),
        json!([{ "Name": "x", "AttributeDataType": "String", "Required": true }]),
        json!([{ "Name": "x", "AttributeDataType": "String", "StringAttributeConstraints": { "MinLength": "3", "MaxLength": "2" } }]),
    ] {
        let error = world.err("AddCustomAttributes", add(attributes.clone()));
        assert_eq!(error.0, "InvalidParameterException", "{attributes}");
        assert_eq!(names(&world), before);
    }
    // A standard attribute's name is free with the prefix.
    world.ok("AddCustomAttributes", add(json!([attribute("email")])));
    assert!(names(&world).contains(&"custom:email".to_owned()));
    let many = |begin: usize, end: usize| json!((begin..end).map(|n| attribute(&format!("n{n}"))).collect::<Vec<_>>());
    world.ok("AddCustomAttributes", add(many(0, 24)));
    world.ok("AddCustomAttributes", add(many(24, 48)));
    assert_eq!(world.err("AddCustomAttributes", add(many(48, 49))).0, "InvalidParameterException", "there are 50");
}
