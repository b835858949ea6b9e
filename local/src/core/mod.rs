//! The emulator without I/O: requests in, replies out. A house of floors: each module uses only what stands below it.

mod config;
mod control;
mod directory;
mod emulator;
mod house;
mod iam;
mod identity_pools;
mod import;
mod page;
mod saml;
mod service;
mod services;
mod sigv4;
mod srp;
mod stand_ins;
mod totp;
mod webauthn;
mod wire;
mod world;

pub use config::{Config, ConfigError, SEED};
pub use emulator::Emulator;
pub use import::{Imported, import};
pub use wire::http::{Delivery, HttpRequest, HttpResponse};
pub(crate) use wire::local_name::{host_name, is_this_machine};
pub use wire::socket::{Frame, OpenSocket};
pub use world::clock::{Clock, ManualClock, SystemClock};
pub use world::outbound::{Outbound, OutboundError, OutboundRequest, PATIENCE};
pub use world::rows::{Change, Keeper, Rows};
