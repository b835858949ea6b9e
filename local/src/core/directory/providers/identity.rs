//! The identities of a user at providers: the attribute `identities` and the claim of that name.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::kind::ProviderKind;

/// What an administrator links by, or a user signs in with.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Identity {
    pub(crate) provider_name: String,
    pub(crate) provider_kind: ProviderKind,
    /// The subject at the provider, or the value of `attribute`.
    pub(crate) user_id: String,
    /// The attribute of the provider that a link was made by; until the first sign-in shows the subject.
    pub(crate) attribute: Option<String>,
    /// Entity id of a SAML provider.
    pub(crate) issuer: Option<String>,
    /// Whether the user was made by signing in with it.
    pub(crate) primary: bool,
    pub(crate) created_ms: u64,
}

/// The attribute `identities`: JSON text.
pub(crate) fn attribute(identities: &[Identity]) -> Option<String> {
    let shown: Vec<Value> = identities
        .iter()
        .map(|identity| {
            json!({
                "userId": identity.user_id,
                "providerName": identity.provider_name,
                "providerType": identity.provider_kind.name(),
                "issuer": identity.issuer,
                "primary": identity.primary,
                "dateCreated": identity.created_ms,
            })
        })
        .collect();
    (!shown.is_empty()).then(|| Value::from(shown).to_string())
}

/// The claim `identities`: everything is text.
pub(crate) fn claim(identities: &[Identity]) -> Option<Value> {
    let shown: Vec<Value> = identities
        .iter()
        .map(|identity| {
            json!({
                "userId": identity.user_id,
                "providerName": identity.provider_name,
                "providerType": identity.provider_kind.name(),
                "issuer": identity.issuer,
                "primary": identity.primary.to_string(),
                "dateCreated": identity.created_ms.to_string(),
            })
        })
        .collect();
    (!shown.is_empty()).then(|| shown.into())
}
