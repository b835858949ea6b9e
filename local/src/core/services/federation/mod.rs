//! Sign-in through other identity providers: the emulator as the relying party of OAuth 2, OpenID Connect and SAML providers.
//!
//! Here is what each protocol asks and reads; the hosted UI begins and ends such sign-ins.

mod account;
mod apple_secret;
mod authorize;
mod endpoints;
mod fetch;
mod id_token;
mod oauth;
mod profile;
mod refusal;

pub(crate) use account::{group_name, sign_in};
pub(crate) use authorize::{Forwarded, Secrets, address};
pub(crate) use endpoints::{Endpoints, find};
pub(crate) use oauth::Exchange;
pub(crate) use profile::Profile;
pub(crate) use refusal::Refusal;

use crate::core::directory::UserPool;

/// The name of the identity provider that one of its identifiers means.
pub(crate) fn provider_of(pool: &UserPool, identifier: &str) -> Option<String> {
    let found = pool.providers.iter().find(|provider| provider.answers_to(identifier));
    found.map(|provider| provider.name().to_owned())
}
