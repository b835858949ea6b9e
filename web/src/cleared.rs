//! Detects that the stored session was removed, by the user in the browser's settings or by another script.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Storage, StorageEvent};

use crate::platform::Client;
use crate::platform::scope;

/// Written for a moment, for the tab that cleared the storage: a browser sends it no event. The npm package's too.
const HINT: &str = "poolpass.v1.cleared";
/// Longer than a removal that belongs to a write takes to be followed by it.
const PAUSE_MS: u32 = 250;

/// Checks that the session is still stored, after `localStorage` was cleared or a stored session removed. Stops when
/// dropped.
pub(crate) struct Watcher(#[expect(dead_code, reason = "listens until it is dropped")] EventListener);

impl Watcher {
    pub(crate) fn start(client: Client) -> Option<Self> {
        let window = scope::window()?;
        let pause: Rc<RefCell<Option<Timeout>>> = Rc::default();
        let listener = EventListener::new(&window, "storage", move |event| {
            if event.dyn_ref().is_some_and(is_removal) {
                let client = client.clone();
                let recheck = move || {
                    wasm_bindgen_futures::spawn_local(async move {
                        // What cannot be read has not been removed.
                        let _ = client.recheck().await;
                    });
                };
                pause.replace(Some(Timeout::new(PAUSE_MS, recheck)));
            }
        });
        Some(Self(listener))
    }
}

/// Whether a session may have been removed. If the storage was cleared, this also notifies the tab that cleared it.
fn is_removal(event: &StorageEvent) -> bool {
    match (event.key(), event.new_value()) {
        (None, _) => {
            if let Some(storage) = event.storage_area() {
                hint(&storage);
            }
            true
        }
        (Some(key), value) if key == HINT => value.is_some(),
        (Some(key), None) => {
            let name = key.strip_prefix("poolpass.v1.").and_then(|rest| rest.split_once('.'));
            name.is_some_and(|(_, name)| name == "session" || name.starts_with("session."))
        }
        _ => false,
    }
}

fn hint(storage: &Storage) {
    // A storage that cannot be written has no session to lose either.
    let _ = storage.set_item(HINT, "1").and_then(|()| storage.remove_item(HINT));
}
