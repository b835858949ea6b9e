//! The channel between the tabs of an origin (`BroadcastChannel`, HTML standard). No token goes over it.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::{Listener, member};

#[wasm_bindgen]
extern "C" {
    type BroadcastChannel;
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
}

pub(super) struct Channel {
    channel: BroadcastChannel,
    _handler: Closure<dyn FnMut(JsValue)>,
}

impl Channel {
    /// Opens the channel of one app client; `None` where there is none to be had.
    pub(super) fn open(client_id: &str, listener: Rc<Listener>) -> Option<Self> {
        let channel = BroadcastChannel::new(&["poolpass.v1.", client_id].concat()).ok()?;
        let handler = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            if let Some(text) = member(&event, "data").and_then(|data| data.as_string()) {
                listener(&text, true);
            }
        });
        channel.set_onmessage(handler.as_ref());
        if member(channel.as_ref(), "unref").is_some() {
            channel.unref();
        }
        Some(Self { channel, _handler: handler })
    }

    pub(super) fn post(&self, message: &str) {
        // A closed channel throws; then nobody is left to tell.
        let _ = self.channel.post_message(message);
    }

    pub(super) fn close(&self) {
        self.channel.close();
    }
}
