//! The global object: a page's window, or a worker's scope.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Crypto, Storage, SubtleCrypto, Window, WorkerGlobalScope};

/// The window. `None` in a worker.
pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

fn worker() -> Option<WorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// WebCrypto. `None` on a page that is not a secure context.
pub(crate) fn subtle_crypto() -> Option<SubtleCrypto> {
    let crypto: Option<Crypto> = match window() {
        Some(window) => window.crypto().ok(),
        None => worker()?.crypto().ok(),
    };
    let subtle = crypto?.subtle();
    (!subtle.is_undefined()).then_some(subtle)
}

/// `navigator`
pub(crate) fn navigator() -> Option<JsValue> {
    match window() {
        Some(window) => Some(window.navigator().into()),
        None => worker().map(|worker| worker.navigator().into()),
    }
}

/// `localStorage`. `None` where there is none or the browser blocks it.
pub(crate) fn local_storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// `sessionStorage`. `None` where there is none or the browser blocks it.
pub(crate) fn session_storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}

/// The address of the page. Empty in a worker, which has none that a user sees.
pub(crate) fn page_url() -> String {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// `fetch`. Looked up for each request: tests and monitoring scripts replace it. A [`Function`] also turns what a replaced
/// one throws into an `Err`, which `Window::fetch_with_request` would not.
pub(crate) fn fetch() -> Option<Function> {
    Reflect::get(&js_sys::global(), &JsValue::from_str("fetch")).ok()?.dyn_into().ok()
}
