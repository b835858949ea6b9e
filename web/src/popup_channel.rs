//! The channel between a popup and the page that opened it. It works across Cross-Origin-Opener-Policy, where
//! `window.opener` does not. The popup sends its URL, and the other side confirms it.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// Confirms that the URL has arrived.
pub(crate) const TAKEN: &str = "taken";

/// One side of the channel. Closed when dropped.
pub(crate) struct PopupChannel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl PopupChannel {
    /// Opens the channel of one flow; `None` if the browser has none. `hear` gets the texts of the other side.
    pub(crate) fn open(state: &str, hear: impl Fn(&str) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&["poolpass.v1.", state].concat()).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let event: Option<&MessageEvent> = event.dyn_ref();
            if let Some(text) = event.and_then(|event| event.data().as_string()) {
                hear(&text);
            }
        });
        Some(Self { channel, _listener: listener })
    }

    pub(crate) fn post(&self, text: &str) {
        // Best effort: the other side does not wait for ever.
        let _ = self.channel.post_message(&text.into());
    }
}

impl Drop for PopupChannel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
