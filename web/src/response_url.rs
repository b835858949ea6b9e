//! Removes the response of a sign-in page from this page's URL, before another script can read it.

use gloo_timers::future::TimeoutFuture;
use poolpass::encode::form;
use wasm_bindgen::JsValue;
use web_sys::{Event, PopStateEvent, PopStateEventInit, Url};

use crate::platform::scope;
use crate::popup_channel::{PopupChannel, TAKEN};

/// The query parameters of a response.
const OURS: [&str; 6] = ["code", "error", "error_description", "error_uri", "iss", "state"];
/// How long a popup waits for the page that opened it.
const OPENER_PATIENCE_MS: u32 = 2_000;

/// The URL of this page if it carries a response to a flow of this app; `prefixes` are those of its redirects and popups.
/// The rest of the query and the fragment stay. A popup's response is handed to the page that opened the popup.
pub(crate) fn take(prefixes: &[String; 2]) -> Option<String> {
    let url = scope::page_url();
    let state = state_of(&url).filter(|state| prefixes.iter().any(|prefix| state.starts_with(prefix)))?;
    show(&without_response(&url));
    if state.starts_with(&prefixes[1]) {
        hand_over(state, url);
        return None;
    }
    Some(url)
}

/// Shows the page where the sign-in began, and notifies the app's router with a `popstate` event.
pub(crate) fn restore(place: &str) {
    if show(place) == Some(()) {
        let state = scope::window().and_then(|window| window.history().ok()?.state().ok()).unwrap_or_default();
        let init = PopStateEventInit::new();
        init.set_state(&state);
        let event = PopStateEvent::new_with_event_init_dict("popstate", &init);
        if let (Ok(event), Some(window)) = (event, scope::window()) {
            let event: &Event = &event;
            // A listener that throws is the app's concern.
            let _ = window.dispatch_event(event);
        }
    }
}

/// The `state` in a URL's query.
pub(crate) fn state_of(url: &str) -> Option<String> {
    let (_, query) = url.split('#').next()?.split_once('?')?;
    Some(form::value(query, "state")?.expose_secret().clone())
}

fn without_response(url: &str) -> String {
    let (page, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let is_ours = |pair: &&str| OURS.contains(&pair.split('=').next().unwrap_or_default());
    let rest: Vec<&str> = query.split('&').filter(|pair| !is_ours(pair)).collect();
    let separator = if rest.is_empty() { "" } else { "?" };
    [path, separator, &rest.join("&"), fragment].concat()
}

/// Shows another address of this origin. `None` if it is shown already or the browser refuses it, as it does when it is
/// asked too often: the response is still valid.
fn show(address: &str) -> Option<()> {
    let window = scope::window()?;
    let here = window.location().href().ok()?;
    // Not relative to the base URL of the document, which may be another site's.
    let target = Url::new_with_base(address, &here).ok()?.href();
    if target == here {
        return None;
    }
    let history = window.history().ok()?;
    let state = history.state().unwrap_or(JsValue::NULL);
    history.replace_state_with_url(&state, "", Some(&target)).ok()
}

/// Sends a popup's URL to the page that opened it, and closes the popup when it has arrived.
fn hand_over(state: String, url: String) {
    wasm_bindgen_futures::spawn_local(async move {
        let hear = |message: &str| {
            if message == TAKEN
                && let Some(window) = scope::window()
            {
                // A window that a script has not opened stays open.
                let _ = window.close();
            }
        };
        let Some(channel) = PopupChannel::open(&state, hear) else { return };
        channel.post(&url);
        TimeoutFuture::new(OPENER_PATIENCE_MS).await;
    });
}
