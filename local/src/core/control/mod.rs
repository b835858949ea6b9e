//! The control API for tests and people, under `/_poolpass/`.

mod answer;
mod clock;
mod config;
mod faults;
mod inbox;
mod keys;
mod overview;
mod refusal;
mod sockets;
mod totp;
mod users;

pub(crate) use answer::{HEALTH, PREFIX, answer, methods};
