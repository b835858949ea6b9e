//! The attribute schema of `CreateUserPool`.
//!
//! Witness: moto 5.2.5, `CognitoIdpUserPoolAttribute`, written after AWS's answers (getmoto/moto#4493); the text about the data type is
//! also reported by users of CloudFormation (aws-amplify/amplify-cli#9525, aws/aws-cdk#8585).

use serde_json::{Value, json};

use crate::world::{World, assert_error};

fn with(attribute: &Value) -> Value {
    json!({ "PoolName": "p", "Schema": [attribute] })
}

fn shown(world: &World, attribute: &Value, name: &str) -> Value {
    let pool = world.ok("CreateUserPool", with(attribute))["UserPool"].take();
    pool["SchemaAttributes"].as_array().unwrap().iter().find(|shown| shown["Name"] == name).unwrap().clone()
}

#[test]
fn impossible_constraints_are_refused() {
    let world = World::new();
    let text = |name: &str, limits: Value| json!({ "Name": name, "AttributeDataType": "String", "StringAttributeConstraints": limits });
    let number =
        |limits: Value| json!({ "Name": "n", "AttributeDataType": "Number", "NumberAttributeConstraints": limits });
    for (attribute, expected) in [
        (
            json!({ "Name": "x" }),
            "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
        ),
        (text("x", json!({ "MinLength": "few" })), "Invalid StringAttributeConstraints for schema attribute custom:x"),
        (text("x", json!({ "MaxLength": "-1" })), "Invalid StringAttributeConstraints for schema attribute custom:x"),
        (text("x", json!({ "MaxLength": "1.5" })), "Invalid StringAttributeConstraints for schema attribute custom:x"),
        (
            text("x", json!({ "MaxLength": "2049" })),
            "user.custom:x: String attributes cannot have a length of more than 2048",
        ),
        (
            text("x", json!({ "MinLength": "5", "MaxLength": "4" })),
            "user.custom:x: Max length cannot be less than min length.",
        ),
        (
            text("email", json!({ "MaxLength": "9999" })),
            "user.email: String attributes cannot have a length of more than 2048",
        ),
        (
            text("email", json!({ "MinLength": "many" })),
            "Invalid StringAttributeConstraints for schema attribute email",
        ),
        (number(json!({ "MinValue": "low" })), "Invalid NumberAttributeConstraints for schema attribute custom:n"),
        (
            number(json!({ "MinValue": "6", "MaxValue": "2" })),
            "user.custom:n: Max value cannot be less than min value.",
        ),
        (
            number(json!({ "MaxValue": "9".repeat(309) })),
            "Invalid NumberAttributeConstraints for schema attribute custom:n",
        ),
    ] {
        assert_error(world.err("CreateUserPool", with(&attribute)), "InvalidParameterException", expected);
    }
}

#[test]
fn possible_constraints_are_shown() {
    let world = World::new();
    let limits = json!({ "MinLength": "7", "MaxLength": "15" });
    let given = json!({ "Name": "email", "AttributeDataType": "String", "StringAttributeConstraints": limits });
    assert_eq!(shown(&world, &given, "email")["StringAttributeConstraints"], limits);
    let limits = json!({ "MinValue": "2", "MaxValue": "9".repeat(300) });
    let given = json!({ "Name": "n", "AttributeDataType": "Number", "NumberAttributeConstraints": limits });
    assert_eq!(shown(&world, &given, "custom:n")["NumberAttributeConstraints"], limits);
}

#[test]
fn a_standard_attribute_has_its_type_anyway() {
    let world = World::new();
    for (name, kind) in [("email", "String"), ("updated_at", "Number"), ("email_verified", "Boolean")] {
        let attribute = shown(&world, &json!({ "Name": name, "Required": false, "Mutable": true }), name);
        assert_eq!(attribute["AttributeDataType"], kind, "{name}");
    }
}
