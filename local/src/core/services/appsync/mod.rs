//! AWS AppSync: the GraphQL API of a notes app, its subscriptions, and an Events API, for every way to prove who one is
//! (AppSync Developer Guide, "Configuring authorization and authentication", "Building a real-time WebSocket client",
//! "Understanding the Event API WebSocket protocol").

mod authorization;
mod broadcast;
mod change;
mod channel;
mod context;
mod document;
mod errors;
mod events;
mod execute;
mod graphql;
mod handshake;
mod identity;
mod message;
mod messages;
mod notes;
mod rights;
mod run;
mod schema;
mod service;
mod settings;
mod socket;
mod socket_events;
mod socket_graphql;
mod sockets;

pub(crate) use service::AppSync;
pub(crate) use settings::AppSyncSettings;
