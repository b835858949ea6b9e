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

use crate::core::config::Config;
use crate::core::directory::Pools;
use crate::core::iam::AccessKeys;
use crate::core::world::random::Random;
use crate::core::world::tokens::KeyRing;

/// GraphQL over HTTP.
pub(crate) const GRAPHQL: &str = "/graphql";

/// Publishing over HTTP.
pub(crate) const EVENT: &str = "/event";

/// What answering takes.
pub(crate) struct Context<'a> {
    pub(crate) settings: &'a AppSyncSettings,
    pub(crate) config: &'a Config,
    pub(crate) user_pools: &'a Pools,
    pub(crate) access_keys: &'a AccessKeys,
    pub(crate) keys: &'a KeyRing,
    pub(crate) notes: Arc<Mutex<Notes>>,
    pub(crate) sockets: &'a mut Sockets,
    pub(crate) random: &'a mut Random,
    /// The address that the caller used.
    pub(crate) base: String,
    pub(crate) now_ms: u64,
}
