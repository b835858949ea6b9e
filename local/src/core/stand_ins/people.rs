//! The test people: the same three at every stand-in, each under an id in the form of that provider.

use serde_json::{Map, Value, json};

use super::kind::Kind;

/// A test person.
pub(crate) struct Person {
    /// What the choice is called in forms.
    pub(crate) key: &'static str,
    pub(crate) given_name: &'static str,
    pub(crate) family_name: &'static str,
    pub(crate) email: Option<&'static str>,
    pub(crate) email_verified: bool,
    digit: u8,
}

pub(crate) const PEOPLE: [Person; 3] = [
    Person {
        key: "ada",
        given_name: "Ada",
        family_name: "Example",
        email: Some("ada@example.com"),
        email_verified: true,
        digit: 1,
    },
    Person {
        key: "zoe",
        given_name: "Zoë",
        family_name: "Łukasiewicz-山田",
        email: Some("zoe@example.com"),
        email_verified: false,
        digit: 2,
    },
    Person { key: "noor", given_name: "Noor", family_name: "Nomail", email: None, email_verified: false, digit: 3 },
];

impl Person {
    pub(crate) fn find(key: &str) -> Option<&'static Self> {
        PEOPLE.iter().find(|person| person.key == key)
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// The id at a provider, in its form.
    pub(crate) fn subject(&self, kind: Kind) -> String {
        let digit = self.digit;
        match kind {
            Kind::Amazon => format!("amzn1.account.{:A>27}{digit}", ""),
            Kind::Apple => format!("00000{digit}.{:a>31}{digit}.0001", ""),
            Kind::Facebook => format!("1000000000000{digit:04}"),
            Kind::Google => format!("10000000000000000000{digit}"),
            Kind::Oidc | Kind::Saml => self.key.into(),
        }
    }

    /// What OpenID Connect's scopes `email` and `profile` show (OpenID Connect Core, section 5.4). Apple's tokens never show a name.
    pub(crate) fn claims(&self, kind: Kind, scope: &str) -> Map<String, Value> {
        let mut claims = Map::new();
        let has = |wanted: &str| scope.split_whitespace().any(|scope| scope == wanted);
        if let Some(email) = self.email.filter(|_| has("email")) {
            claims.insert("email".into(), json!(email));
            claims.insert("email_verified".into(), json!(self.email_verified));
            if kind == Kind::Apple {
                claims.insert("is_private_email".into(), json!(false));
            }
        }
        if has("profile") && kind != Kind::Apple {
            claims.insert("name".into(), json!(self.name()));
            claims.insert("given_name".into(), json!(self.given_name));
            claims.insert("family_name".into(), json!(self.family_name));
        }
        claims
    }
}
