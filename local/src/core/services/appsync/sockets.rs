//! All open WebSockets, and what they are told.

use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::errors::{EXPIRED, Refused};
use super::settings::AppSyncSettings;
use super::socket::{GOING_AWAY, Kind, POLICY, Socket};
use crate::core::wire::socket::Frame;

/// How long a connection lasts at the most.
const LONGEST_MS: u64 = 24 * 3600 * 1000;

/// The open sockets of one emulator.
#[derive(Default)]
pub(crate) struct Sockets {
    last: u64,
    pub(super) open: BTreeMap<u64, Socket>,
}

impl Sockets {
    pub(super) fn add(&mut self, socket: Socket) -> u64 {
        self.last += 1;
        self.open.insert(self.last, socket);
        self.last
    }

    pub(super) fn take(&mut self, id: u64) -> Option<Socket> {
        self.open.remove(&id)
    }

    /// Puts a socket back, unless it is over.
    pub(super) fn put(&mut self, id: u64, socket: Socket) {
        if !socket.is_over {
            self.open.insert(id, socket);
        }
    }

    /// What the time demands: keep-alives, and the end of what has expired.
    pub(super) fn tick(&mut self, settings: &AppSyncSettings, now_ms: u64) {
        for socket in self.open.values_mut() {
            if socket.opener.as_ref().is_ok_and(|opener| opener.is_over(now_ms)) {
                socket.close(POLICY, EXPIRED);
            } else if now_ms >= socket.opened_ms.saturating_add(LONGEST_MS) {
                socket.close(GOING_AWAY, "A connection lasts 24 hours.");
            }
            let subscriptions = std::mem::take(&mut socket.subscriptions);
            let (over, kept) =
                subscriptions.into_iter().partition(|subscription| subscription.identity.is_over(now_ms));
            socket.subscriptions = kept;
            for subscription in Vec::into_iter(over) {
                let kind = if socket.kind == Kind::Graphql { "error" } else { "broadcast_error" };
                socket.refuse(kind, Some(&subscription.id), &Refused::unauthorized(EXPIRED));
            }
            // The clock may have been set back.
            socket.kept_alive_ms = socket.kept_alive_ms.min(now_ms);
            if socket.ready && now_ms - socket.kept_alive_ms >= settings.keep_alive_seconds.saturating_mul(1000) {
                socket.keep_alive(now_ms);
            }
        }
        self.open.retain(|_, socket| !socket.is_over);
    }

    /// Ends all of them.
    pub(crate) fn end_all(&mut self, frame: &Frame) {
        std::mem::take(&mut self.open).into_values().for_each(|mut socket| socket.end(frame.clone()));
    }

    pub(crate) fn close_all(&mut self, code: u16) {
        self.end_all(&Frame::Close { code, reason: "This was ordered.".into() });
    }

    /// Leaves all of them open without another word.
    pub(crate) fn silence_all(&mut self) {
        self.open.values_mut().for_each(|socket| socket.silent = true);
    }

    /// What the control API shows.
    pub(crate) fn show(&self) -> Value {
        let sockets = self.open.values().map(|socket| {
            json!({
                "path": socket.kind.path(),
                "openedMs": socket.opened_ms,
                "ready": socket.ready,
                "silent": socket.silent,
                "mode": socket.opener.as_ref().ok().map(|opener| opener.mode),
                "subscriptions": socket.subscriptions.iter().map(|subscription| &subscription.id).collect::<Vec<_>>(),
            })
        });
        sockets.collect()
    }
}
