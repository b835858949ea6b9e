//! What every service may use: time, randomness, keys, the inbox, the request log, other servers, ordered faults.

pub(crate) mod clock;
pub(crate) mod faults;
pub(crate) mod hooks;
pub(crate) mod inbox;
pub(crate) mod journal;
pub(crate) mod origins;
pub(crate) mod outbound;
pub(crate) mod outside;
pub(crate) mod random;
pub(crate) mod rows;
pub(crate) mod settings;
pub(crate) mod tokens;
