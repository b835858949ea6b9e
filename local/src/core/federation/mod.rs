//! Sign-in through other identity providers: the emulator as the relying party of OAuth 2, OpenID Connect and SAML providers.
//!
//! A sign-in begins at `/oauth2/authorize` with a provider's name, goes to the provider's own pages, and comes back to
//! `/oauth2/idpresponse` or `/saml2/idpresponse`. Nothing here holds the emulator's state while it waits for a provider.

mod account;
mod apple_secret;
mod authorize;
mod completed_details;
mod details;
mod endpoints;
mod fetch;
mod finish;
mod id_token;
mod identity;
mod jws;
mod oauth;
mod pending;
mod profile;
mod provider;
mod refusal;
mod saml;
mod start;

pub(crate) use account::group_name;
pub(crate) use apple_secret::key as apple_key;
pub(crate) use finish::{Returned, callback, finish, returned};
pub(crate) use identity::{Identity, attribute as identities_attribute, claim as identities_claim};
pub(crate) use jws::verify as verify_jws;
pub(crate) use pending::PendingSignIns;
pub(crate) use provider::{IdentityProvider, ProviderKind, ProviderSettings, is_local};
pub(crate) use saml::{Xml, callback as saml_callback, entity_id as saml_entity_id};
pub(crate) use start::start;

use super::pool::UserPool;

/// Whether a pool has an identity provider of that name.
pub(crate) fn has_provider(pool: &UserPool, name: &str) -> bool {
    pool.provider(name).is_some()
}

/// The name of the identity provider that one of its identifiers means.
pub(crate) fn provider_of(pool: &UserPool, identifier: &str) -> Option<String> {
    let found = pool.providers.iter().find(|provider| provider.answers_to(identifier));
    found.map(|provider| provider.name().to_owned())
}
