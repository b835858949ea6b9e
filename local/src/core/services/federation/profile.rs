//! What a provider says about a person, in the same form whatever the protocol.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A person at a provider.
pub(crate) struct Profile {
    /// The unchanging id that user names are made of.
    pub(crate) subject: String,
    /// Attributes by the provider's names.
    pub(crate) claims: Map<String, Value>,
    /// What the provider said, by where it said it: `attributes` in the event of inbound federation.
    pub(crate) said: Map<String, Value>,
    /// Entity id of a SAML provider.
    pub(crate) issuer: Option<String>,
}

impl Profile {
    /// Claims as texts.
    pub(crate) fn texts(claims: &Map<String, Value>) -> Value {
        claims
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), text(value)?.into())))
            .collect::<Map<_, _>>()
            .into()
    }

    /// As [`Self::mapped`], of texts that are to be taken instead.
    pub(crate) fn mapped_from(
        texts: &BTreeMap<String, String>,
        mapping: &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let attributes = mapping.iter().filter(|(attribute, _)| *attribute != "username");
        attributes.filter_map(|(attribute, source)| Some((attribute.clone(), texts.get(source)?.clone()))).collect()
    }

    /// The attributes of the pool that a mapping gives values to.
    pub(crate) fn mapped(&self, mapping: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let attributes = mapping.iter().filter(|(attribute, _)| *attribute != "username");
        attributes
            .filter_map(|(attribute, source)| Some((attribute.clone(), text(self.claims.get(source)?)?)))
            .collect()
    }
}

impl Profile {
    /// What Apple posts beside the code when it meets a person for the first time: a name, which no token ever shows.
    pub(crate) fn add_apple_user(&mut self, user: &str) {
        let Ok(user) = serde_json::from_str::<Value>(user) else { return };
        let part = |name: &str| user["name"][name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let (first, last) = (part("firstName"), part("lastName"));
        let whole: Vec<&str> = first.iter().chain(&last).map(String::as_str).collect();
        if !whole.is_empty() {
            self.claims.insert("name".into(), whole.join(" ").into());
        }
        self.claims.extend(first.map(|name| ("firstName".to_owned(), name.into())));
        self.claims.extend(last.map(|name| ("lastName".to_owned(), name.into())));
    }
}

/// A claim as the text of an attribute; several values stand in brackets ("Mapping IdP attributes to profiles and tokens").
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(text_of_item).collect();
            Some(format!("[{}]", items.join(",")))
        }
        other => Some(other.to_string()),
    }
}

fn text_of_item(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn claims_of_all_kinds_become_text() {
        let Value::Object(claims) = json!({
            "sub": "1", "email": "a@b.c", "email_verified": true, "n": 7, "groups": ["x", 2, null], "address": { "locality": "Ulm" }, "none": null,
        }) else {
            panic!("an object")
        };
        let profile = Profile { subject: "1".into(), claims, said: Map::new(), issuer: None };
        let mapping = [
            "username=sub",
            "email=email",
            "email_verified=email_verified",
            "custom:n=n",
            "custom:g=groups",
            "address=address",
            "name=none",
            "nickname=absent",
        ];
        let mapping =
            mapping.iter().filter_map(|pair| pair.split_once('=')).map(|(to, from)| (to.to_owned(), from.to_owned()));
        let mapped = profile.mapped(&mapping.collect());
        let expected = [
            ("address", r#"{"locality":"Ulm"}"#),
            ("custom:g", "[x,2]"),
            ("custom:n", "7"),
            ("email", "a@b.c"),
            ("email_verified", "true"),
        ];
        assert_eq!(mapped.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>(), expected);
    }
}
