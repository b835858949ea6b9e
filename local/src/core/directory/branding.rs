//! How the hosted UI and managed login are to look. The pages here look the same for all: the settings are kept and given back.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

use crate::core::wire::error::{ServiceError, invalid, not_found};

/// What counts for every client that has nothing of its own.
pub(crate) const ALL: &str = "ALL";

/// The looks of a pool's pages.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Branding {
    /// Of the hosted UI, by client or [`ALL`].
    pub(super) classic: BTreeMap<String, UiCustomization>,
    /// Of managed login, by id.
    pub(super) styles: BTreeMap<String, Style>,
}

/// `UICustomizationType`.
#[derive(Clone, Deserialize, Serialize)]
pub(super) struct UiCustomization {
    pub(super) css: Option<String>,
    pub(super) has_image: bool,
    pub(super) created_ms: u64,
    pub(super) modified_ms: u64,
}

/// `ManagedLoginBrandingType`.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Style {
    pub(crate) client_id: String,
    pub(super) look: Look,
    pub(super) created_ms: u64,
    pub(super) modified_ms: u64,
}

/// What a style says.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Look {
    pub(super) use_cognito_provided_values: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) settings: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) assets: Option<Vec<Value>>,
}

impl Look {
    /// "When you specify true for this option, you must also omit values for Settings and Assets" (`CreateManagedLoginBranding`).
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn new(
        use_cognito_provided_values: bool,
        settings: Option<Value>,
        assets: Option<Vec<Value>>,
    ) -> Result<Self, ServiceError> {
        match (use_cognito_provided_values, settings.is_some() || assets.is_some()) {
            (true, true) => Err(invalid("UseCognitoProvidedValues can't be true when Settings or Assets are given.")),
            (false, false) => Err(invalid("Give Settings or Assets, or UseCognitoProvidedValues = true.")),
            _ => Ok(Self { use_cognito_provided_values, settings, assets }),
        }
    }
}

impl Style {
    pub(crate) fn new(client_id: String, look: Look, now_ms: u64) -> Self {
        Self { client_id, look, created_ms: now_ms, modified_ms: now_ms }
    }

    /// Puts another look in place. What is not given stays: "Amazon Cognito doesn't require that you pass all parameters in one
    /// request" (`UpdateManagedLoginBranding`).
    pub(crate) fn change(&mut self, look: Look, now_ms: u64) {
        self.look = if look.use_cognito_provided_values {
            look
        } else {
            let old = std::mem::take(&mut self.look);
            Look { settings: look.settings.or(old.settings), assets: look.assets.or(old.assets), ..look }
        };
        self.modified_ms = now_ms;
    }
}

impl Branding {
    /// Forgets everything about a client.
    pub(super) fn forget(&mut self, client_id: &str) {
        self.classic.remove(client_id);
        self.styles.retain(|_, style| style.client_id != client_id);
    }

    pub(crate) fn add_style(&mut self, id: String, style: Style) {
        self.styles.insert(id, style);
    }

    pub(crate) fn style_of(&self, client_id: &str) -> Option<&str> {
        let mut styles = self.styles.iter();
        styles.find(|(_, style)| style.client_id == client_id).map(|(id, _)| id.as_str())
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn style(&mut self, id: &str) -> Result<&mut Style, ServiceError> {
        self.styles.get_mut(id).ok_or_else(|| style_not_found(id))
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn remove_style(&mut self, id: &str) -> Result<(), ServiceError> {
        self.styles.remove(id).map(drop).ok_or_else(|| style_not_found(id))
    }

    /// Puts another look of the hosted UI in place of the one that there was.
    pub(crate) fn customize(&mut self, client_id: &str, css: Option<String>, has_image: bool, now_ms: u64) {
        let created_ms = self.classic.get(client_id).map_or(now_ms, |known| known.created_ms);
        let customization = UiCustomization { css, has_image, created_ms, modified_ms: now_ms };
        self.classic.insert(client_id.to_owned(), customization);
    }
}

pub(super) fn style_not_found(id: &str) -> ServiceError {
    not_found(format!("Managed login branding {id} does not exist."))
}
