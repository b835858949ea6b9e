//! Telling those who are subscribed.

use serde_json::json;

use super::change::Change;
use super::channel::Channel;
use super::context::Context;
use super::run::rights;
use super::socket::{Socket, To};
use super::sockets::Sockets;

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
