//! The channel between the tabs of an origin. No token goes over it.
//!
//! With `localStorage` the messages go through it too, as `storage` events (HTML standard): so they come in order
//! with the session that they tell of. A `BroadcastChannel` overtakes the storage in Chromium: a tab that hears of a
//! sign-in by it may not find the session yet. It serves where the storage is the app's own.

use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use crate::reflect::{call, call_global, construct, member};
use crate::storage::JsStorage;

/// Hears the events of a session: JSON `{"event", "data"?}`, and whether another tab caused it.
pub type Listener = dyn Fn(&str, bool);

type Handler = Closure<dyn FnMut(JsValue)>;

pub(crate) enum Channel {
    /// Through `localStorage`, under a key of its own.
    Storage { storage: JsStorage, key: String, handler: Handler },
    /// By a `BroadcastChannel`.
    Broadcast { channel: JsValue, _handler: Handler },
}

impl Channel {
    /// The channel of one app client through `localStorage`; `None` where there are no `storage` events.
    pub(crate) fn through(storage: JsStorage, client_id: &str, listener: Rc<Listener>) -> Option<Self> {
        let key = ["poolpass.v1.", client_id, ".event"].concat();
        let own = key.clone();
        let handler = Handler::new(move |event: JsValue| {
            let text = |name| member(&event, name).and_then(|value| value.as_string());
            if text("key").as_ref() == Some(&own)
                && let Some(message) = text("newValue")
            {
                listener(&message, true);
            }
        });
        call_global("addEventListener", &[&"storage".into(), handler.as_ref()]).ok()?;
        Some(Self::Storage { storage, key, handler })
    }

    /// The channel of one app client by itself; `None` where there is none to be had.
    pub(crate) fn broadcast(client_id: &str, listener: Rc<Listener>) -> Option<Self> {
        let name = JsValue::from_str(&["poolpass.v1.", client_id].concat());
        let channel = construct("BroadcastChannel", &[&name]).ok()?;
        let handler = Handler::new(move |event: JsValue| {
            if let Some(text) = member(&event, "data").and_then(|data| data.as_string()) {
                listener(&text, true);
            }
        });
        Reflect::set(&channel, &"onmessage".into(), handler.as_ref()).ok()?;
        // Node.js has it: a process does not stay alive for the channel.
        let _ = call(&channel, "unref", &[]);
        Some(Self::Broadcast { channel, _handler: handler })
    }

    pub(crate) fn post(&self, message: &str) {
        // Best effort: the storage may be full, the channel closed.
        let _ = match self {
            Self::Storage { storage, key, .. } => {
                // Taken away at once, so that the same message makes an event again.
                storage.set_item(key, message).and_then(|_| storage.remove_item(key))
            }
            Self::Broadcast { channel, .. } => call(channel, "postMessage", &[&message.into()]),
        };
    }

    pub(crate) fn close(&self) {
        let _ = match self {
            Self::Storage { handler, .. } => call_global("removeEventListener", &[&"storage".into(), handler.as_ref()]),
            Self::Broadcast { channel, .. } => call(channel, "close", &[]),
        };
    }
}
