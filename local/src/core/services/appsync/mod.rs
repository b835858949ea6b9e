//! AWS AppSync: the GraphQL API of a notes app, its subscriptions, and an Events API, for every way to prove who one is
//! (AppSync Developer Guide, "Configuring authorization and authentication", "Building a real-time WebSocket client",
//! "Understanding the Event API WebSocket protocol").

mod authorization;
mod channel;
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
mod service;
mod settings;
mod socket;
mod socket_events;
mod socket_graphql;
mod sockets;

pub(crate) use service::AppSync;
pub(crate) use settings::AppSyncSettings;

use notes::Notes;
use sockets::Sockets;
use std::sync::{Arc, Mutex};

use crate::core::directory::Pools;
use crate::core::iam::AccessKeys;
use crate::core::identity_pools::OpenIdProvider;
use crate::core::world::random::Random;
use crate::core::world::tokens::KeyRing;

/// GraphQL over HTTP.
const GRAPHQL: &str = "/graphql";

/// Publishing over HTTP.
const EVENT: &str = "/event";

/// What answering takes.
struct Context<'a> {
    settings: &'a AppSyncSettings,
    region: &'a str,
    open_id_providers: &'a [OpenIdProvider],
    user_pools: &'a Pools,
    access_keys: &'a AccessKeys,
    keys: &'a KeyRing,
    notes: Arc<Mutex<Notes>>,
    sockets: &'a mut Sockets,
    random: &'a mut Random,
    /// The address that the caller used.
    base: String,
    now_ms: u64,
}
