//! The emulator without I/O: requests in, replies out.

mod clock;
mod config;
mod control;
mod cors;
mod date;
mod emulator;
mod error;
mod faults;
mod federation;
mod form;
mod hosted;
mod html;
mod http;
mod idp;
mod inbox;
mod journal;
mod oauth;
mod outbound;
mod page;
mod pool;
mod pools;
mod random;
mod shapes;
mod srp;
mod stand_ins;
mod tokens;
mod totp;
mod under_faults;
mod well_known;

pub use clock::{Clock, ManualClock, SystemClock};
pub use config::{Config, ConfigError, SEED};
pub use emulator::Emulator;
pub use http::{Delivery, HttpRequest, HttpResponse};
pub use outbound::{Outbound, OutboundError, OutboundRequest, PATIENCE};
