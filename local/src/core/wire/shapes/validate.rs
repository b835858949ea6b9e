//! Lengths, patterns, enumerations and required members, with AWS's texts.

use serde_json::Value;

use super::model::{Kind, Model, Shape};
use super::text::lower_first;
use crate::core::wire::error::{ServiceError, unsupported};

/// Checks a value against a shape. Nulls count as absent and are taken out.
///
/// # Errors
/// `SerializationException` for a wrong JSON type; for everything else `InvalidParameterException` or, where the service calls it
/// so, `ValidationException`.
pub(super) fn validate(model: &Model, shape_name: &str, value: &mut Value) -> Result<(), ServiceError> {
    let mut violations = Vec::new();
    check(model, shape_name, value, &Path::default(), &mut violations)?;
    let text = match violations.len() {
        0 => return Ok(()),
        1 => format!("1 validation error detected: {}", violations[0]),
        n => format!("{n} validation errors detected: {}", violations.join("; ")),
    };
    Err(ServiceError::new(model.constraint_error, text))
}

/// Where a value is: `clientId`, `userAttributes.1.member.name`.
#[derive(Default)]
struct Path(String);

impl Path {
    fn then(&self, step: &str) -> Self {
        if self.0.is_empty() { Self(lower_first(step)) } else { Self(format!("{}.{}", self.0, lower_first(step))) }
    }
}

fn check(
    model: &Model,
    name: &str,
    value: &mut Value,
    path: &Path,
    violations: &mut Vec<String>,
) -> Result<(), ServiceError> {
    let Some(shape) = model.shape(name) else { return Ok(()) };
    match (shape.kind, &mut *value) {
        (Kind::Structure, _) if shape.document => {}
        (Kind::Structure, Value::Object(members)) => {
            members.retain(|_, member| !member.is_null());
            for required in shape.required.iter().filter(|name| !members.contains_key(*name)) {
                let place = path.then(required).0;
                violations
                    .push(format!("Value null at '{place}' failed to satisfy constraint: Member must not be null"));
            }
            for (key, member) in members {
                let Some(member_shape) = shape.members.get(key) else { return Err(unknown_member(&path.then(key))) };
                check(model, member_shape, member, &path.then(key), violations)?;
            }
        }
        (Kind::List, Value::Array(items)) => {
            length(shape, items.len(), value_text(shape, ""), path, violations);
            for (index, item) in items.iter_mut().enumerate() {
                let item_path = path.then(&(index + 1).to_string()).then("member");
                check(model, shape.member.as_deref().unwrap_or_default(), item, &item_path, violations)?;
            }
        }
        (Kind::Map, Value::Object(entries)) => {
            entries.retain(|_, entry| !entry.is_null());
            length(shape, entries.len(), value_text(shape, ""), path, violations);
            for (key, entry) in entries {
                let entry_path = path.then(key).then("member");
                check(
                    model,
                    shape.key.as_deref().unwrap_or_default(),
                    &mut key.as_str().into(),
                    &entry_path,
                    violations,
                )?;
                check(model, shape.value.as_deref().unwrap_or_default(), entry, &entry_path, violations)?;
            }
        }
        (Kind::String | Kind::Blob, Value::String(text)) => check_text(model, shape, text, path, violations),
        (Kind::Integer | Kind::Long, Value::Number(number)) => {
            let number = number.as_i64().ok_or_else(|| wrong_type(path, "an integer"))?;
            check_integer(shape, number, path, violations);
        }
        (Kind::Double | Kind::Timestamp, Value::Number(_)) | (Kind::Boolean, Value::Bool(_)) => {}
        (kind, _) => return Err(wrong_type(path, expected(kind))),
    }
    Ok(())
}

fn check_text(model: &Model, shape: &Shape, text: &str, path: &Path, violations: &mut Vec<String>) {
    let shown = value_text(shape, text);
    length(shape, text.chars().count(), shown.clone(), path, violations);
    if let Some(form) = &shape.pattern
        && model.pattern(form).is_some_and(|compiled| !compiled.is_match(text))
    {
        let rule = format!("Member must satisfy regular expression pattern: {form}");
        violations.push(format!("{shown} at '{}' failed to satisfy constraint: {rule}", path.0));
    }
    if !shape.choices.is_empty() && !shape.choices.iter().any(|choice| choice == text) {
        let rule = format!("Member must satisfy enum value set: [{}]", shape.choices.join(", "));
        violations.push(format!("{shown} at '{}' failed to satisfy constraint: {rule}", path.0));
    }
}

fn check_integer(shape: &Shape, number: i64, path: &Path, violations: &mut Vec<String>) {
    let mut violate = |rule: String| {
        violations.push(format!("Value '{number}' at '{}' failed to satisfy constraint: {rule}", path.0));
    };
    if let Some(min) = shape.min.filter(|min| number < *min) {
        violate(format!("Member must have value greater than or equal to {min}"));
    }
    if let Some(max) = shape.max.filter(|max| number > *max) {
        violate(format!("Member must have value less than or equal to {max}"));
    }
}

fn length(shape: &Shape, length: usize, shown: String, path: &Path, violations: &mut Vec<String>) {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let mut violate = |rule: String| {
        violations.push(format!("{shown} at '{}' failed to satisfy constraint: {rule}", path.0));
    };
    if let Some(min) = shape.min.filter(|min| length < *min) {
        violate(format!("Member must have length greater than or equal to {min}"));
    }
    if let Some(max) = shape.max.filter(|max| length > *max) {
        violate(format!("Member must have length less than or equal to {max}"));
    }
}

/// AWS leaves sensitive values out of its texts, and so are containers and long values here.
fn value_text(shape: &Shape, text: &str) -> String {
    let hidden = shape.sensitive || shape.kind != Kind::String || text.len() > 100;
    if hidden { "Value".into() } else { format!("Value '{text}'") }
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "true or false",
        Kind::Blob | Kind::String => "a string",
        Kind::Double | Kind::Timestamp => "a number",
        Kind::Integer | Kind::Long => "an integer",
        Kind::List => "a list",
        Kind::Map | Kind::Structure => "an object",
    }
}

fn unknown_member(path: &Path) -> ServiceError {
    unsupported(format_args!("the member '{}': it is not in AWS's service model", path.0))
}

fn wrong_type(path: &Path, expected: &str) -> ServiceError {
    let place = if path.0.is_empty() { "The body" } else { &path.0 };
    ServiceError::new("SerializationException", format!("{place} must be {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::wire::shapes::USER_POOLS;
    use serde_json::json;

    fn error(shape: &str, mut value: Value) -> (String, String) {
        let error = validate(&USER_POOLS, shape, &mut value).unwrap_err();
        (error.kind.into_owned(), error.message.into_owned())
    }

    #[test]
    fn violations_have_the_words_of_aws() {
        let (kind, message) = error("SignUpRequest", json!({ "Username": "a", "ClientId": null }));
        assert_eq!(kind, "InvalidParameterException");
        let text = "1 validation error detected: Value null at 'clientId' failed to satisfy constraint: Member must not be null";
        assert_eq!(message, text);
        let (_, message) = error("SignUpRequest", json!({ "Username": "", "ClientId": "a b" }));
        assert!(message.starts_with("3 validation errors detected: Value at 'clientId' failed"), "{message}");
        let (_, message) = error("InitiateAuthRequest", json!({ "AuthFlow": "MAGIC", "ClientId": "a" }));
        assert!(message.contains("Value 'MAGIC' at 'authFlow'") && message.contains("[USER_SRP_AUTH, "), "{message}");
        let attributes =
            json!({ "ClientId": "a", "Username": "b", "UserAttributes": [{ "Name": "n" }, { "Name": "" }] });
        assert!(error("SignUpRequest", attributes).1.contains("'userAttributes.2.member.name'"));
        let (_, message) = error("ListUsersRequest", json!({ "UserPoolId": "eu-west-1_a", "Limit": 61 }));
        assert!(message.ends_with(
            "Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60"
        ));
    }

    #[test]
    fn secrets_stay_out_of_texts() {
        let value = json!({ "ClientId": "a", "Username": "b", "Password": "two words " });
        assert!(!error("SignUpRequest", value).1.contains("two"));
    }

    #[test]
    fn wrong_types_and_unknown_members_are_refused() {
        assert_eq!(error("GetUserRequest", json!({ "AccessToken": 1 })).0, "SerializationException");
        assert_eq!(error("GetUserRequest", json!([])).0, "SerializationException");
        assert!(error("GetUserRequest", json!({ "AccessToken": "a", "Extra": 1 })).1.contains("'extra'"));
        assert_eq!(
            error("ListUsersRequest", json!({ "UserPoolId": "eu-west-1_a", "Limit": 1.5 })).0,
            "SerializationException"
        );
    }
}
