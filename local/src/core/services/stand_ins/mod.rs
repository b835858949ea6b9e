//! Stand-ins for identity providers, so that nothing outside is needed: each speaks the protocol of the real one, with test people
//! instead of accounts. They live under `/_poolpass/providers/<name>/`, at the paths of the real ones.

mod authorize;
mod call;
mod clients;
mod discovery;
mod page;
mod saml;
mod service;
mod token;
mod user_info;

pub(crate) use service::StandInProviders;
