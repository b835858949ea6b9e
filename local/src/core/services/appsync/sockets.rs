//! All open WebSockets, and what they are told.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::channel::Channel;
use super::errors::{EXPIRED, Refused};
use super::execute::rights;
use super::notes::Note;
use super::settings::AppSyncSettings;
use super::socket::{GOING_AWAY, Kind, POLICY, Socket, To};
use crate::core::wire::socket::Frame;

/// How long a connection lasts at the most.
const LONGEST_MS: u64 = 24 * 3600 * 1000;

/// What happened to a note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ChangeKind {
    Created,
    Deleted,
    Updated,
}

/// A change, for subscribers.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(super) kind: ChangeKind,
    pub(super) note: Note,
    /// The fields that the mutation selected.
    pub(super) selected: BTreeSet<String>,
}

/// What a subscription wants to be told of.
#[derive(Debug)]
pub(super) struct Watch {
    pub(super) kind: ChangeKind,
    /// Only the notes of this owner.
    pub(super) owner: Option<String>,
}

/// The open sockets of one emulator.
#[derive(Default)]
pub(crate) struct Sockets {
    last: u64,
    open: BTreeMap<u64, Socket>,
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

/// Tells the subscribers of a change who may read the note.
pub(super) fn tell(context: &mut Context<'_>, change: &Change) {
    let sockets = std::mem::take(context.sockets);
    for socket in sockets.open.values() {
        for subscription in &socket.subscriptions {
            let To::Notes { document, watch } = &subscription.to else { continue };
            let wanted =
                watch.kind == change.kind && watch.owner.as_ref().is_none_or(|owner| *owner == change.note.owner);
            let identity = &subscription.identity;
            if wanted
                && rights(context, identity.clone()).sees(&change.note)
                && let Some(payload) = document.tell(context, identity.clone(), change.clone())
            {
                socket.say(&json!({ "id": subscription.id, "type": "data", "payload": payload }));
            }
        }
    }
    *context.sockets = sockets;
}

/// Gives an event to those who hear its channel: to all that are open, and to the one that is at work.
pub(super) fn publish(sockets: &Sockets, own: Option<&Socket>, channel: &Channel, event: &str) {
    for socket in sockets.open.values().chain(own) {
        for subscription in &socket.subscriptions {
            if matches!(&subscription.to, To::Channel(heard) if heard.hears(channel)) {
                socket.say(&json!({ "id": subscription.id, "type": "data", "event": event }));
            }
        }
    }
}
