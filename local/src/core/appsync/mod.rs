//! AWS AppSync: the GraphQL API of a notes app, its subscriptions, and an Events API, for every way to prove who one is
//! (AppSync Developer Guide, "Configuring authorization and authentication", "Building a real-time WebSocket client",
//! "Understanding the Event API WebSocket protocol").

mod authorization;
mod channel;
mod emulate;
mod errors;
mod events;
mod execute;
mod graphql;
mod handshake;
mod identity;
mod messages;
mod notes;
mod rights;
mod schema;
mod settings;
mod socket;
mod socket_events;
mod socket_graphql;
mod sockets;

pub use emulate::OpenSocket;
pub(crate) use emulate::Stage;
pub(crate) use notes::Notes;
pub(crate) use settings::AppSyncSettings;
pub use socket::Frame;
pub(crate) use sockets::Sockets;

use std::sync::{Arc, Mutex};

use super::config::Config;
use super::iam::AccessKeys;
use super::pools::Pools;
use super::random::Random;
use super::tokens::KeyRing;

/// GraphQL over HTTP.
pub(super) const GRAPHQL: &str = "/graphql";

/// Publishing over HTTP.
pub(super) const EVENT: &str = "/event";

/// What answering takes.
pub(super) struct Context<'a> {
    pub(super) settings: &'a AppSyncSettings,
    pub(super) config: &'a Config,
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
