//! The user pools API: `X-Amz-Target: AWSCognitoIdentityProviderService.<Operation>`. One file an operation.

pub(crate) mod access;
mod clients;
mod delivery;
mod dispatch;
mod domains;
mod mfa;
mod pools;
mod profile;
mod providers;
pub(crate) mod recovery;
pub(crate) mod registration;
mod resource_servers;
pub(crate) mod sign_in;
mod sign_out;
mod users;

pub(crate) use dispatch::{PREFIX, answer};
pub(crate) use providers::create_identity_provider::add as add_identity_provider;

use crate::core::world::inbox::Inbox;
use crate::core::world::random::Random;
use crate::core::world::tokens::{Forgery, KeyRing};

/// What operations work with beside the pools.
pub(crate) struct Context<'a> {
    pub(crate) inbox: &'a mut Inbox,
    pub(crate) random: &'a mut Random,
    pub(crate) keys: &'a KeyRing,
    /// The region that a call of an administrator is signed for, otherwise that of the configuration.
    pub(crate) region: String,
    pub(crate) now_ms: u64,
    /// What is to be wrong about the tokens, if that was ordered.
    pub(crate) forgery: Option<Forgery>,
}
