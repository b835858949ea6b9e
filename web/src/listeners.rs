//! The app's listeners for events.

use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use poolpass::event::Event;

/// Where an event was caused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In this tab.
    ThisTab,
    /// In another tab of the app.
    OtherTab,
}

type Handler = dyn Fn(Event, Origin);

/// A listener for events. It stops when this is dropped; see [`Listener::forget`].
#[must_use = "the listener stops when this is dropped"]
pub struct Listener(Rc<Handler>);

impl Listener {
    /// Keeps listening for as long as the page is open.
    pub fn forget(self) {
        std::mem::forget(self.0);
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

/// All listeners of one `Auth`.
#[derive(Default)]
pub(crate) struct Listeners(RefCell<Vec<Weak<Handler>>>);

impl Listeners {
    pub(crate) fn add(&self, handler: impl Fn(Event, Origin) + 'static) -> Listener {
        let handler: Rc<Handler> = Rc::new(handler);
        let mut all = self.0.borrow_mut();
        all.retain(|known| known.strong_count() > 0);
        all.push(Rc::downgrade(&handler));
        Listener(handler)
    }

    /// Calls the listeners later, so that none runs while the kit holds a lock.
    pub(crate) fn emit(self: &Rc<Self>, event: &Event, origin: Origin) {
        let (listeners, event) = (Rc::clone(self), event.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let handlers = listeners.0.borrow().clone();
            // One may drop another.
            for handler in handlers {
                if let Some(handler) = handler.upgrade() {
                    handler(event.clone(), origin);
                }
            }
        });
    }
}
