//! One WebSocket, as a value: texts come in, frames go out.

use serde_json::{Value, json};

use super::change::Watch;
use super::channel::Channel;
use super::document::Document;
use super::errors::Refused;
use super::identity::Identity;
use crate::core::service::Sender;
use crate::core::wire::socket::Frame;

/// Close codes (RFC 6455, section 7.4.1).
pub(super) const GOING_AWAY: u16 = 1001;
pub(super) const POLICY: u16 = 1008;

/// Which of the two protocols is spoken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Events,
    Graphql,
}

impl Kind {
    pub(super) fn of_path(path: &str) -> Option<Self> {
        match path {
            "/graphql/realtime" => Some(Self::Graphql),
            "/event/realtime" => Some(Self::Events),
            _ => None,
        }
    }

    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Events => "/event/realtime",
            Self::Graphql => "/graphql/realtime",
        }
    }

    /// The sub-protocol.
    pub(super) fn protocol(self) -> &'static str {
        match self {
            Self::Events => "aws-appsync-event-ws",
            Self::Graphql => "graphql-ws",
        }
    }

    /// Where a signature for connecting points to.
    pub(super) fn connect_path(self) -> &'static str {
        match self {
            Self::Events => "/event",
            Self::Graphql => "/graphql/connect",
        }
    }
}

/// A subscription that was acknowledged.
pub(super) struct Subscription {
    pub(super) id: String,
    pub(super) identity: Identity,
    pub(super) to: To,
}

/// What a subscription is to.
pub(super) enum To {
    Channel(Channel),
    Notes { document: Document, watch: Watch },
}

/// An open WebSocket.
pub(super) struct Socket {
    pub(super) kind: Kind,
    /// The host that the caller used.
    pub(super) host: String,
    pub(super) send: Sender,
    /// Who opened it; the refusal is told when it is asked for.
    pub(super) opener: Result<Identity, Refused>,
    /// Whether `connection_init` was acknowledged.
    pub(super) ready: bool,
    pub(super) opened_ms: u64,
    /// When `ka` was said last.
    pub(super) kept_alive_ms: u64,
    pub(super) subscriptions: Vec<Subscription>,
    /// Nothing is said any more, but the connection stays.
    pub(super) silent: bool,
    pub(super) is_over: bool,
}

impl Socket {
    pub(super) fn say(&self, message: &Value) {
        self.say_text(message.to_string());
    }

    pub(super) fn say_text(&self, text: String) {
        if !self.silent && !self.is_over {
            (self.send)(Frame::Text(text));
        }
    }

    pub(super) fn end(&mut self, frame: Frame) {
        if !self.is_over {
            (self.send)(frame);
        }
        self.is_over = true;
    }

    pub(super) fn close(&mut self, code: u16, reason: &str) {
        self.end(Frame::Close { code, reason: reason.into() });
    }

    pub(super) fn keep_alive(&mut self, now_ms: u64) {
        self.kept_alive_ms = now_ms;
        self.say(&json!({ "type": "ka" }));
    }

    /// The errors of a message of that type, for one subscription where there is one.
    pub(super) fn refuse(&self, kind: &str, id: Option<&str>, refused: &Refused) {
        let mut message = match self.kind {
            Kind::Graphql => json!({ "type": kind, "payload": { "errors": refused.errors_with_code() } }),
            Kind::Events => json!({ "type": kind, "errors": refused.errors_with_code() }),
        };
        if let Some(id) = id {
            message["id"] = json!(id);
        }
        self.say(&message);
    }

    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.subscriptions.iter().position(|subscription| subscription.id == id)
    }
}
