//! What answering takes.

use std::sync::{Arc, Mutex};

use super::notes::Notes;
use super::settings::AppSyncSettings;
use super::sockets::Sockets;
use crate::core::directory::Pools;
use crate::core::iam::AccessKeys;
use crate::core::identity_pools::OpenIdProvider;
use crate::core::world::random::Random;
use crate::core::world::tokens::KeyRing;

/// GraphQL over HTTP.
pub(super) const GRAPHQL: &str = "/graphql";

/// Publishing over HTTP.
pub(super) const EVENT: &str = "/event";

/// What answering takes.
pub(super) struct Context<'a> {
    pub(super) settings: &'a AppSyncSettings,
    pub(super) region: &'a str,
    pub(super) open_id_providers: &'a [OpenIdProvider],
    pub(super) user_pools: &'a Pools,
    pub(super) access_keys: &'a AccessKeys,
    pub(super) keys: &'a KeyRing,
    pub(super) notes: Arc<Mutex<Notes>>,
    pub(super) sockets: &'a mut Sockets,
    pub(super) random: &'a mut Random,
    /// The address that the caller used.
    pub(super) base: String,
    pub(super) now_ms: u64,
}
