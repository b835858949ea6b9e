//! The channel between the tabs of an origin. No token goes over it.
//!
//! With `localStorage` the messages go through it too, as `storage` events (HTML standard): so they come in order with the
//! session that they are about. A `BroadcastChannel` overtakes the storage in Chromium: a tab that hears of a sign-in by it
//! may not find the session yet. It is used where the storage is the app's own.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};

use super::scope;
use crate::listeners::{Listeners, Origin};
use crate::message;
use poolpass::event::Event;

/// The way to the other tabs. Closed when dropped.
pub(crate) enum Channel {
    /// Through `localStorage`, under a key of its own.
    Storage { storage: web_sys::Storage, key: String, _listener: EventListener },
    /// By a `BroadcastChannel`.
    Broadcast { channel: BroadcastChannel, _listener: EventListener },
}

impl Channel {
    /// The channel of one app client through `localStorage`.
    pub(crate) fn through(storage: &web_sys::Storage, namespace: &str, listeners: Rc<Listeners>) -> Option<Self> {
        let window = scope::window()?;
        let key = ["poolpass.v1.", namespace, ".event"].concat();
        let own = key.clone();
        let listener = EventListener::new(&window, "storage", move |event| {
            let event: Option<&StorageEvent> = event.dyn_ref();
            if let Some(event) = event.filter(|event| event.key().as_ref() == Some(&own)) {
                hear(&listeners, event.new_value());
            }
        });
        Some(Self::Storage { storage: storage.clone(), key, _listener: listener })
    }

    /// The channel of one app client by a `BroadcastChannel`; `None` if the browser has none.
    pub(crate) fn broadcast(namespace: &str, listeners: Rc<Listeners>) -> Option<Self> {
        let channel = BroadcastChannel::new(&["poolpass.v1.", namespace].concat()).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let event: Option<&MessageEvent> = event.dyn_ref();
            hear(&listeners, event.and_then(|event| event.data().as_string()));
        });
        Some(Self::Broadcast { channel, _listener: listener })
    }

    /// Sends an event to the other tabs.
    pub(crate) fn post(&self, event: &Event) {
        let message = message::encode(event);
        let message = message.expose_secret();
        // Best effort: the storage may be full, the channel closed.
        let _ = match self {
            Self::Storage { storage, key, .. } => {
                // Removed at once, so that the same message makes an event again.
                storage.set_item(key, message).and_then(|()| storage.remove_item(key))
            }
            Self::Broadcast { channel, .. } => channel.post_message(&message.into()),
        };
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Self::Broadcast { channel, .. } = self {
            channel.close();
        }
    }
}

fn hear(listeners: &Rc<Listeners>, message: Option<String>) {
    if let Some(event) = message.and_then(|text| message::decode(&text)) {
        listeners.emit(&event, Origin::OtherTab);
    }
}
