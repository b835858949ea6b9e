//! The emulator without I/O: requests in, replies out. A house of floors: each module uses only what stands below it.

mod config;
mod directory;
mod emulator;
mod iam;
mod saml;
mod services;
mod sigv4;
mod srp;
mod totp;
mod wire;
mod world;

pub use config::{Config, ConfigError, SEED};
pub use emulator::Emulator;
pub use services::appsync::{Frame, OpenSocket};
pub use wire::http::{Delivery, HttpRequest, HttpResponse};
pub(crate) use wire::local_name::{host_name, is_this_machine};
pub use world::clock::{Clock, ManualClock, SystemClock};
pub use world::outbound::{Outbound, OutboundError, OutboundRequest, PATIENCE};
