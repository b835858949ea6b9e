//! Leaving this page.

use gloo_events::EventListener;
use poolpass::error::{Error, FlowFault, Misuse, ValueProblem};
use poolpass::event::Event;
use poolpass::secret::Secret;
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use crate::Auth;
use crate::platform::scope;

/// Goes to another page. If the browser shows this page again from its back/forward cache, the user has come back without a
/// response, and the listeners get [`FlowFault::Cancelled`].
///
/// # Errors
/// `bad_input` in a worker, which cannot go anywhere.
pub(crate) fn leave(auth: &Auth, url: &Secret<String>) -> Result<(), Error> {
    let window = scope::window().ok_or_else(no_window)?;
    let listening = auth.clone();
    EventListener::once(&window, "pageshow", move |event| {
        let event: Option<&PageTransitionEvent> = event.dyn_ref();
        if event.is_some_and(PageTransitionEvent::persisted) {
            listening.notify(&Event::SignInWithRedirectFailure(FlowFault::Cancelled.into()));
        }
    })
    .forget();
    window.location().assign(url.expose_secret()).map_err(|_| no_window())
}

/// The error of an operation that needs a page.
pub(crate) fn no_window() -> Error {
    Misuse::Value { path: "This operation".to_owned(), problem: ValueProblem::NotPage }.into()
}
