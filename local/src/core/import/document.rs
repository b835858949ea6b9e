//! One output of the AWS CLI, told apart by its top-level members.

use serde_json::{Map, Value};

use super::notes::Notes;

/// What a document is about.
pub(super) enum Document {
    Client(Map<String, Value>),
    Groups(Vec<Map<String, Value>>),
    IdentityPool(Map<String, Value>),
    IdentityPoolRoles(Map<String, Value>),
    MfaConfig(Map<String, Value>),
    Provider(Map<String, Value>),
    ResourceServer(Map<String, Value>),
    UserPool(Map<String, Value>),
    Users(Vec<Map<String, Value>>),
}

impl Document {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut whole: Map<String, Value> =
            serde_json::from_str(text).map_err(|error| format!("it is not a JSON object: {error}"))?;
        type Make = fn(Map<String, Value>) -> Document;
        let single: [(&str, Make); 4] = [
            ("UserPool", Self::UserPool),
            ("UserPoolClient", Self::Client),
            ("IdentityProvider", Self::Provider),
            ("ResourceServer", Self::ResourceServer),
        ];
        for (member, make) in single {
            if let Some(Value::Object(object)) = whole.remove(member) {
                return Ok(make(object));
            }
        }
        for (member, make) in [("Groups", Self::Groups as fn(_) -> _), ("Users", Self::Users)] {
            if let Some(list) = whole.remove(member) {
                return serde_json::from_value(list).map(make).map_err(|error| format!("{member}: {error}"));
            }
        }
        match whole {
            _ if whole.contains_key("IdentityPoolName") => Ok(Self::IdentityPool(whole)),
            _ if whole.contains_key("IdentityPoolId") => Ok(Self::IdentityPoolRoles(whole)),
            _ if whole.contains_key("MfaConfiguration") => Ok(Self::MfaConfig(whole)),
            _ => Err("it is not what one of the commands prints that --help names".into()),
        }
    }
}

/// Moves members to a new object. The others are noted, unless they only describe; `place` says whose they are.
pub(super) fn take(
    mut from: Map<String, Value>,
    members: &[&str],
    only_shown: &[&str],
    place: &str,
    notes: &mut Notes,
) -> Map<String, Value> {
    let taken = members.iter().filter_map(|member| from.remove_entry(*member)).collect();
    for (member, value) in from {
        let is_empty = match &value {
            Value::Null | Value::Bool(false) => true,
            Value::Object(object) => object.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if !is_empty && !only_shown.contains(&member.as_str()) {
            notes.add(format!("{place}: {member} was not taken over."));
        }
    }
    taken
}

pub(super) fn text<'a>(object: &'a Map<String, Value>, member: &str) -> &'a str {
    object.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// TOML has no null.
pub(super) fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, member| !member.is_null());
            object.values_mut().for_each(drop_nulls);
        }
        Value::Array(list) => {
            list.retain(|item| !item.is_null());
            list.iter_mut().for_each(drop_nulls);
        }
        _ => {}
    }
}
