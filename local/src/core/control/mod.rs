//! The control API for tests and people, under `/_poolpass/`.

mod answer;
mod clock;
mod config;
mod faults;
mod inbox;
mod keys;
mod refusal;
mod sockets;
mod totp;

pub(crate) use answer::{HEALTH, PREFIX, answer, methods};
