//! WebSockets as values.

use std::time::Duration;

/// What the server is to do with a socket.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame {
    /// Send a text message.
    Text(String),
    /// Close it in order.
    Close {
        /// The status code (RFC 6455, section 7.4).
        code: u16,
        /// Why, for people.
        reason: String,
    },
    /// Cut the connection without a word.
    Cut,
}

/// A WebSocket that was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenSocket {
    /// Its number, for `Emulator::socket_text` and `Emulator::socket_closed`.
    pub id: u64,
    /// The sub-protocol to select.
    pub protocol: &'static str,
    /// How long to wait with the reply, if that was ordered.
    pub delay: Duration,
}
