//! Links to terms of use and privacy policies, for the sign-up page of managed login. They are kept and given back.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, not_found};

/// Addresses by language.
pub(crate) type Links = BTreeMap<String, String>;

/// `TermsType`. `TermsSource` and `Enforcement` have one value each.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Terms {
    pub(super) client_id: String,
    pub(super) name: String,
    pub(super) links: Links,
    pub(super) created_ms: u64,
    pub(super) modified_ms: u64,
}

/// The terms documents of a pool, by id.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct TermsDocuments(pub(super) BTreeMap<String, Terms>);

impl TermsDocuments {
    /// # Errors
    /// `TermsExistsException`: "Terms document names must be unique to the app client."
    pub(crate) fn add(
        &mut self,
        id: String,
        client_id: String,
        name: String,
        links: Links,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        self.check_free(&client_id, &name)?;
        self.0.insert(id, Terms { client_id, name, links, created_ms: now_ms, modified_ms: now_ms });
        Ok(())
    }

    /// Puts another name or other links in place of those that there are.
    ///
    /// # Errors
    /// `ResourceNotFoundException`, or `TermsExistsException` where the client has a document of that name.
    pub(crate) fn change(
        &mut self,
        id: &str,
        name: Option<String>,
        links: Option<Links>,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let known = self.0.get(id).ok_or_else(|| unknown(id))?;
        let name = name.filter(|name| *name != known.name);
        if let Some(name) = &name {
            self.check_free(&known.client_id, name)?;
        }
        let terms = self.0.get_mut(id).ok_or_else(|| unknown(id))?;
        terms.name = name.unwrap_or_else(|| std::mem::take(&mut terms.name));
        terms.links = links.unwrap_or_else(|| std::mem::take(&mut terms.links));
        terms.modified_ms = now_ms;
        Ok(())
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn remove(&mut self, id: &str) -> Result<(), ServiceError> {
        self.0.remove(id).map(drop).ok_or_else(|| unknown(id))
    }

    /// The id of a client's document.
    pub(crate) fn find(&self, client_id: &str, name: &str) -> Option<&str> {
        let mut all = self.0.iter();
        all.find(|(_, terms)| terms.client_id == client_id && terms.name == name).map(|(id, _)| id.as_str())
    }

    /// `TermsDescriptionType` of each, by id.
    pub(crate) fn descriptions(&self) -> impl Iterator<Item = (&str, Value)> {
        self.0.iter().map(|(id, terms)| (id.as_str(), terms.description(id)))
    }

    /// Forgets everything about a client.
    pub(super) fn forget(&mut self, client_id: &str) {
        self.0.retain(|_, terms| terms.client_id != client_id);
    }

    pub(super) fn check_free(&self, client_id: &str, name: &str) -> Result<(), ServiceError> {
        match self.find(client_id, name) {
            None => Ok(()),
            Some(_) => {
                let text = format!("Terms document names must be unique to the app client: {name} already exists.");
                Err(ServiceError::new("TermsExistsException", text))
            }
        }
    }
}

impl Terms {
    pub(super) fn description(&self, id: &str) -> Value {
        json!({
            "TermsId": id,
            "TermsName": self.name,
            "Enforcement": "NONE",
            "CreationDate": epoch_seconds(self.created_ms),
            "LastModifiedDate": epoch_seconds(self.modified_ms),
        })
    }
}

pub(super) fn unknown(id: &str) -> ServiceError {
    not_found(format!("Terms {id} do not exist."))
}
