//! `fetch`, with a deadline, a bound on the answer, and the caller's `AbortSignal`.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{member, object};
use crate::error::NetworkFailure;
use crate::platform::{Request, Response, SendFailure};
use crate::secret::Secret;

#[wasm_bindgen]
extern "C" {
    /// The browser's `AbortSignal`.
    #[derive(Clone)]
    pub type AbortSignal;

    #[wasm_bindgen(static_method_of = AbortSignal)]
    fn timeout(ms: u32) -> AbortSignal;
    #[wasm_bindgen(static_method_of = AbortSignal, catch)]
    fn any(signals: &Array) -> Result<AbortSignal, JsValue>;
    /// Whether the signal has fired.
    #[wasm_bindgen(method, getter)]
    pub fn aborted(this: &AbortSignal) -> bool;

    #[wasm_bindgen(catch)]
    async fn fetch(url: &str, init: &JsValue) -> Result<JsValue, JsValue>;

    type FetchResponse;
    #[wasm_bindgen(method, getter)]
    fn status(this: &FetchResponse) -> u16;
    #[wasm_bindgen(method, getter)]
    fn headers(this: &FetchResponse) -> Headers;
    #[wasm_bindgen(method, getter)]
    fn body(this: &FetchResponse) -> Option<Body>;

    type Headers;
    #[wasm_bindgen(method)]
    fn get(this: &Headers, name: &str) -> Option<String>;

    type Body;
    #[wasm_bindgen(method, js_name = getReader)]
    fn reader(this: &Body) -> Reader;

    type Reader;
    #[wasm_bindgen(method, catch)]
    async fn read(this: &Reader) -> Result<JsValue, JsValue>;
}

/// Sends a request and reads the whole answer.
pub(super) async fn send(request: &Request, caller: Option<&AbortSignal>) -> Result<Response, SendFailure> {
    let deadline = AbortSignal::timeout(request.deadline_ms);
    let signals: Array = caller.into_iter().chain([&deadline]).map(JsValue::from).collect();
    // A browser without AbortSignal.any lets the wait run to the deadline; the caller is answered at once anyway.
    let signal = AbortSignal::any(&signals).unwrap_or_else(|_| deadline.clone());
    exchange(request, &signal).await.map_err(|failure| {
        if caller.is_some_and(AbortSignal::aborted) {
            SendFailure::Aborted
        } else if deadline.aborted() {
            SendFailure::Network(NetworkFailure::TimedOut)
        } else {
            SendFailure::Network(failure)
        }
    })
}

async fn exchange(request: &Request, signal: &AbortSignal) -> Result<Response, NetworkFailure> {
    let headers: Vec<(&str, JsValue)> =
        request.headers.iter().map(|(name, value)| (*name, JsValue::from_str(value))).collect();
    let init = object(&[
        ("method", request.method.into()),
        ("headers", object(&headers)),
        (
            "body",
            if request.body.expose_secret().is_empty() {
                JsValue::UNDEFINED
            } else {
                JsValue::from_str(request.body.expose_secret())
            },
        ),
        ("credentials", "omit".into()),
        ("redirect", "error".into()),
        ("referrerPolicy", "no-referrer".into()),
        ("cache", if request.past_cache { "reload" } else { "default" }.into()),
        ("signal", signal.into()),
    ]);
    let response: FetchResponse =
        fetch(&request.url, &init).await.map_err(|_| NetworkFailure::Unreachable)?.unchecked_into();
    let headers = response.headers();
    Ok(Response {
        status: response.status(),
        headers: Response::HEADERS.iter().filter_map(|&name| Some((name, headers.get(name)?))).collect(),
        body: read_body(&response).await?,
    })
}

async fn read_body(response: &FetchResponse) -> Result<Secret<String>, NetworkFailure> {
    let mut bytes = Secret::new(Vec::new());
    if let Some(body) = response.body() {
        let reader = body.reader();
        loop {
            let chunk = reader.read().await.map_err(|_| NetworkFailure::Unreachable)?;
            let Some(value) = member(&chunk, "value") else { break };
            let part: Uint8Array = value.unchecked_into();
            let start = bytes.expose_secret().len();
            if start + part.length() as usize > Response::MAX_BODY_BYTES {
                return Err(NetworkFailure::TooLarge);
            }
            grow(&mut bytes, part.length() as usize);
            part.copy_to(&mut bytes.expose_secret_mut()[start..]);
        }
    }
    // What is not UTF-8 is no JSON either, and is refused there.
    Ok(Secret::new(String::from_utf8(bytes.take()).unwrap_or_default()))
}

/// Makes room without leaving a copy of the bytes behind.
fn grow(bytes: &mut Secret<Vec<u8>>, more: usize) {
    let length = bytes.expose_secret().len() + more;
    if length > bytes.expose_secret().capacity() {
        let mut larger = Vec::with_capacity(length.max(8192));
        larger.extend_from_slice(bytes.expose_secret());
        *bytes = Secret::new(larger);
    }
    bytes.expose_secret_mut().resize(length, 0);
}
