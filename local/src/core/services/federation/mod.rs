//! Sign-in through other identity providers: the emulator as the relying party of OAuth 2, OpenID Connect and SAML providers.
//!
//! A sign-in begins at `/oauth2/authorize` with a provider's name, goes to the provider's own pages, and comes back to
//! `/oauth2/idpresponse` or `/saml2/idpresponse`. Nothing here holds the emulator's state while it waits for a provider.

mod account;
mod apple_secret;
mod authorize;
mod endpoints;
mod fetch;
mod finish;
mod id_token;
mod oauth;
mod pending;
mod profile;
mod refusal;
mod start;

pub(crate) use account::group_name;
pub(crate) use finish::{Returned, callback, finish, returned};
pub(crate) use pending::PendingSignIns;
pub(crate) use start::start;

use crate::core::directory::UserPool;

/// The name of the identity provider that one of its identifiers means.
pub(crate) fn provider_of(pool: &UserPool, identifier: &str) -> Option<String> {
    let found = pool.providers.iter().find(|provider| provider.answers_to(identifier));
    found.map(|provider| provider.name().to_owned())
}
