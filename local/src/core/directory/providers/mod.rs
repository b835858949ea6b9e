//! The identity providers of a user pool, and the identities of its users there.

mod apple_key;
pub(crate) mod completed_details;
mod details;
mod identity;
mod kind;
mod provider;

pub(crate) use apple_key::apple_key;
pub(crate) use identity::{Identity, attribute as identities_attribute, claim as identities_claim};
pub(crate) use kind::ProviderKind;
pub(crate) use provider::{IdentityProvider, ProviderSettings, is_local};

/// `oidc_issuer` of an OIDC provider that the emulator's stand-in plays.
pub(crate) const STAND_IN_OIDC_ISSUER: &str = "poolpass:oidc";

/// `MetadataURL` of a SAML provider that the emulator's stand-in plays.
pub(crate) const STAND_IN_SAML_METADATA: &str = "poolpass:saml";
