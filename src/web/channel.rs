//! The channel between the tabs of an origin. No token goes over it.
//!
//! With `localStorage` the messages go through it too, as `storage` events (HTML standard): so they come in order
//! with the session that they tell of. A `BroadcastChannel` overtakes the storage in Chromium: a tab that hears of a
//! sign-in by it may not find the session yet. It serves where the storage is the app's own.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::storage::JsStorage;
use super::{Listener, member};

#[wasm_bindgen]
extern "C" {
    pub(super) type BroadcastChannel;
    #[wasm_bindgen(constructor, catch)]
    fn new(name: &str) -> Result<BroadcastChannel, JsValue>;
    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &BroadcastChannel, message: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_onmessage(this: &BroadcastChannel, handler: &JsValue);
    #[wasm_bindgen(method)]
    fn close(this: &BroadcastChannel);
    /// Node's: a process does not stay alive for the channel.
    #[wasm_bindgen(method)]
    fn unref(this: &BroadcastChannel);

    #[wasm_bindgen(js_name = addEventListener)]
    fn add_event_listener(event: &str, handler: &JsValue);
    #[wasm_bindgen(js_name = removeEventListener)]
    fn remove_event_listener(event: &str, handler: &JsValue);
}

type Handler = Closure<dyn FnMut(JsValue)>;

pub(super) enum Channel {
    /// Through `localStorage`, under a key of its own.
    Storage { storage: JsStorage, key: String, handler: Handler },
    /// By a `BroadcastChannel`.
    Broadcast { channel: BroadcastChannel, _handler: Handler },
}

impl Channel {
    /// The channel of one app client through `localStorage`; `None` where there are no `storage` events.
    pub(super) fn through(storage: JsStorage, client_id: &str, listener: Rc<Listener>) -> Option<Self> {
        member(&js_sys::global(), "addEventListener")?;
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
        add_event_listener("storage", handler.as_ref());
        Some(Self::Storage { storage, key, handler })
    }

    /// The channel of one app client by itself; `None` where there is none to be had.
    pub(super) fn broadcast(client_id: &str, listener: Rc<Listener>) -> Option<Self> {
        let channel = BroadcastChannel::new(&["poolpass.v1.", client_id].concat()).ok()?;
        let handler = Handler::new(move |event: JsValue| {
            if let Some(text) = member(&event, "data").and_then(|data| data.as_string()) {
                listener(&text, true);
            }
        });
        channel.set_onmessage(handler.as_ref());
        if member(channel.as_ref(), "unref").is_some() {
            channel.unref();
        }
        Some(Self::Broadcast { channel, _handler: handler })
    }

    pub(super) fn post(&self, message: &str) {
        // What cannot be told is not told: a full storage, a closed channel.
        let _ = match self {
            Self::Storage { storage, key, .. } => {
                // Taken away at once, so that the same message makes an event again.
                storage.set_item(key, message).and_then(|_| storage.remove_item(key)).map(drop)
            }
            Self::Broadcast { channel, .. } => channel.post_message(message),
        };
    }

    pub(super) fn close(&self) {
        match self {
            Self::Storage { handler, .. } => remove_event_listener("storage", handler.as_ref()),
            Self::Broadcast { channel, .. } => channel.close(),
        }
    }
}
