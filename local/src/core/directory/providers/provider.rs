//! Identity providers of a user pool, as `CreateIdentityProvider` takes and `DescribeIdentityProvider` shows them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::kind::ProviderKind;
use super::{completed_details, details};
use crate::core::directory::PoolSettings;
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, invalid};

/// The types that there can be one provider of, under their own name.
const SOCIAL: [ProviderKind; 4] =
    [ProviderKind::Facebook, ProviderKind::Google, ProviderKind::LoginWithAmazon, ProviderKind::SignInWithApple];

/// `CreateIdentityProviderRequest`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ProviderSettings {
    pub(crate) user_pool_id: String,
    pub(crate) provider_name: String,
    pub(crate) provider_type: ProviderKind,
    pub(crate) provider_details: BTreeMap<String, String>,
    /// From attributes of the pool to those of the provider.
    #[serde(default)]
    pub(crate) attribute_mapping: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) idp_identifiers: Vec<String>,
}

/// An identity provider of a user pool.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct IdentityProvider {
    pub(crate) settings: ProviderSettings,
    pub(crate) created_ms: u64,
    pub(crate) modified_ms: u64,
}

/// Whether a provider's name means the user pool itself.
pub(crate) fn is_local(name: &str) -> bool {
    name.eq_ignore_ascii_case("cognito")
}

impl ProviderSettings {
    /// Refuses contradictions and what is not supported, and fills in what AWS fills in.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn checked(mut self, pool: &PoolSettings) -> Result<Self, ServiceError> {
        let (name, kind) = (&self.provider_name, self.provider_type);
        let social = SOCIAL.iter().find(|social| social.name() == name);
        let fits = if SOCIAL.contains(&kind) { social == Some(&kind) } else { social.is_none() && !is_local(name) };
        if !fits {
            return Err(invalid(format!("ProviderName {name} is not possible for a provider of type {}", kind.name())));
        }
        details::check(kind, &self.provider_details)?;
        completed_details::complete(kind, &mut self.provider_details);
        if let Some(subject) = kind.subject() {
            let source = self.attribute_mapping.entry("username".into()).or_insert_with(|| subject.into());
            if source != subject {
                return Err(invalid(format!("The username attribute must be mapped to {subject}")));
            }
        }
        let known = |name: &String| {
            name != "sub" && pool.schema().iter().any(|attribute| &attribute.name == name)
                || (name == "username" && kind != ProviderKind::Saml)
        };
        if let Some(unknown) = self.attribute_mapping.keys().find(|name| !known(name)) {
            return Err(invalid(format!(
                "Attribute mapping contains attribute {unknown} which is not in the schema of the user pool"
            )));
        }
        let identifiers = &self.idp_identifiers;
        if let Some(doubled) = identifiers.iter().enumerate().find(|(index, own)| identifiers[..*index].contains(own)) {
            return Err(invalid(format!("The identifier {} is given twice", doubled.1)));
        }
        Ok(self)
    }
}

impl IdentityProvider {
    pub(crate) fn name(&self) -> &str {
        &self.settings.provider_name
    }

    pub(crate) fn kind(&self) -> ProviderKind {
        self.settings.provider_type
    }

    /// Whether the parameter `idp_identifier` means this one.
    pub(crate) fn answers_to(&self, identifier: &str) -> bool {
        self.settings.idp_identifiers.iter().any(|own| own == identifier)
    }

    /// The provider's attribute behind a name that links are made by: one of the pool's that is mapped, or one of the provider's own.
    pub(crate) fn source_of<'a>(&'a self, name: &'a str) -> &'a str {
        self.settings.attribute_mapping.get(name).map_or(name, String::as_str)
    }

    /// A value of `ProviderDetails`.
    pub(crate) fn detail(&self, key: &str) -> Option<&str> {
        self.settings.provider_details.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// `IdentityProviderType`. The private key stays here.
    pub(crate) fn describe(&self) -> Value {
        let mut shown = json!(self.settings);
        if let Some(details) = shown["ProviderDetails"].as_object_mut() {
            details.remove("private_key");
        }
        shown["CreationDate"] = json!(epoch_seconds(self.created_ms));
        shown["LastModifiedDate"] = json!(epoch_seconds(self.modified_ms));
        shown
    }

    /// `ProviderDescription`.
    pub(crate) fn summary(&self) -> Value {
        json!({
            "ProviderName": self.settings.provider_name,
            "ProviderType": self.settings.provider_type,
            "CreationDate": epoch_seconds(self.created_ms),
            "LastModifiedDate": epoch_seconds(self.modified_ms),
        })
    }
}
