//! Identity pools.

use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::identities::Identities;
use super::principal_tags::PrincipalTags;
use super::{OpenIdProvider, Roles, Settings};
use crate::core::wire::error::{ServiceError, invalid};

/// An identity pool and the identities in it.
#[derive(Clone)]
pub(crate) struct IdentityPool {
    pub(crate) id: String,
    pub(crate) settings: Settings,
    pub(crate) roles: Roles,
    pub(crate) identities: Identities,
    /// By provider.
    pub(crate) principal_tags: BTreeMap<String, PrincipalTags>,
}

impl IdentityPool {
    pub(crate) fn new(id: String, settings: Settings) -> Self {
        Self {
            id,
            settings,
            roles: Roles::default(),
            identities: Identities::default(),
            principal_tags: BTreeMap::new(),
        }
    }

    /// The part of the id before `:`.
    pub(crate) fn region(&self) -> &str {
        self.id.split(':').next().unwrap_or_default()
    }

    /// The name of the app's own back end among the providers.
    ///
    /// # Errors
    /// `InvalidParameterException` where the pool has none.
    pub(crate) fn developer_provider(&self) -> Result<&str, ServiceError> {
        let name = self.settings.developer_provider_name.as_deref();
        name.ok_or_else(|| invalid("The identity pool has no DeveloperProviderName."))
    }

    /// # Errors
    /// `InvalidParameterException` where that is not the pool's developer provider.
    pub(crate) fn check_developer_provider(&self, name: &str) -> Result<(), ServiceError> {
        match self.developer_provider()? == name {
            true => Ok(()),
            false => Err(invalid(format!("{name} is not the developer provider of the identity pool."))),
        }
    }

    /// Puts other roles in place of those that there are.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn set_roles(
        &mut self,
        roles: Roles,
        open_id: &[OpenIdProvider],
        base: &str,
    ) -> Result<(), ServiceError> {
        let clients = &self.settings.cognito_identity_providers;
        let known = |key: &str| {
            let of_client =
                clients.iter().any(|client| key == format!("{}:{}", client.provider_name, client.client_id));
            let of_pool = clients.iter().any(|client| client.provider_name == key);
            of_client || !of_pool && self.settings.has_provider(key, open_id, base)
        };
        if let Some(key) = roles.role_mappings.keys().find(|key| !known(key)) {
            return Err(invalid(format!("{key} in RoleMappings is not a provider of the identity pool.")));
        }
        self.roles = roles.checked()?;
        Ok(())
    }

    /// The shape `IdentityPool`.
    pub(crate) fn describe(&self) -> Value {
        let mut described = json!(self.settings);
        described["IdentityPoolId"] = json!(self.id);
        described
    }
}
