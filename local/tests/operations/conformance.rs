//! Replies must have the shapes that AWS publishes.

use serde_json::Value;
use std::sync::LazyLock;

/// A service, by its model.
pub(crate) type Service = LazyLock<Value>;

pub(crate) static USER_POOLS: Service = LazyLock::new(|| model("cognito-idp"));
pub(crate) static DYNAMODB: Service = LazyLock::new(|| model("dynamodb"));
pub(crate) static IDENTITY_POOLS: Service = LazyLock::new(|| model("cognito-identity"));

fn model(name: &str) -> Value {
    let file = format!("{}/model/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

pub(crate) fn is_signed(service: &Service, operation: &str) -> bool {
    service["operations"][operation]["signed"] == true
}

pub(crate) fn operations(service: &'static Service) -> impl Iterator<Item = &'static str> {
    service["operations"].as_object().unwrap().keys().map(String::as_str)
}

/// Panics when a reply has a member, a type or a value that AWS's model does not allow.
#[track_caller]
pub(crate) fn check_output(service: &Service, operation: &str, body: &Value) {
    match service["operations"][operation]["output"].as_str() {
        Some(shape) => check(service, shape, body, operation),
        None => assert!(body.is_null(), "{operation} has no output, but got {body}"),
    }
}

#[track_caller]
fn check(service: &Service, name: &str, value: &Value, path: &str) {
    let shape = &service["shapes"][name];
    if shape["document"] == true {
        return;
    }
    let kind = shape["type"].as_str().unwrap();
    let fits = match kind {
        "structure" | "map" => value.is_object(),
        "list" => value.is_array(),
        "blob" | "string" => value.is_string(),
        "integer" | "long" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "timestamp" => value.is_number(),
        other => panic!("{path}: {other}"),
    };
    assert!(fits, "{path} must be {kind}, but is {value}");
    match kind {
        "structure" => {
            for required in shape["required"].as_array().into_iter().flatten() {
                assert!(value.get(required.as_str().unwrap()).is_some(), "{path}.{required} is missing");
            }
            for (key, member) in value.as_object().unwrap() {
                let member_shape = shape["members"][key].as_str();
                check(
                    service,
                    member_shape.unwrap_or_else(|| panic!("{path}.{key} is not in the model")),
                    member,
                    &format!("{path}.{key}"),
                );
            }
        }
        "map" => value
            .as_object()
            .unwrap()
            .iter()
            .for_each(|(key, v)| check(service, shape["value"].as_str().unwrap(), v, &format!("{path}.{key}"))),
        "list" => value
            .as_array()
            .unwrap()
            .iter()
            .for_each(|v| check(service, shape["member"].as_str().unwrap(), v, &format!("{path}[]"))),
        "string" => {
            let text = value.as_str().unwrap();
            let choices = shape["enum"].as_array();
            assert!(choices.is_none_or(|all| all.iter().any(|choice| choice == text)), "{path} is {text}");
            // AWS's own descriptions break this limit: phone_number_verified, custom:….
            if name == "CustomAttributeNameType" {
                return;
            }
            let length = text.chars().count() as u64;
            assert!(shape["max"].as_u64().is_none_or(|max| length <= max), "{path} is too long");
            assert!(shape["min"].as_u64().is_none_or(|min| length >= min), "{path} is too short");
        }
        _ => {}
    }
}
