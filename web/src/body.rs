//! The body of an answer, up to a bound: as a stream where there is one, else as the text or the JSON that a mock gives.

use js_sys::JsString;
use wasm_bindgen::prelude::*;

use crate::reflect::{call, first, get, global, member};
use poolpass::error::NetworkFailure;
use poolpass::platform::Response;
use poolpass::secret::Secret;

#[wasm_bindgen]
extern "C" {
    /// Copies the elements of an array-like value. Throws if it has more than there is room for.
    #[wasm_bindgen(catch, js_namespace = ["Uint8Array", "prototype", "set"], js_name = call)]
    fn copy(target: &mut [u8], source: &JsValue) -> Result<(), JsValue>;
}

/// Reads the body. `deadline` is a promise that is rejected when the time is over.
pub(crate) async fn read(answer: &JsValue, deadline: &JsValue) -> Result<Secret<String>, NetworkFailure> {
    if get(answer, "bodyUsed").is_ok_and(|used| used.is_truthy()) {
        return Err(NetworkFailure::NoFetch);
    }
    match member(answer, "body").filter(|body| member(body, "getReader").is_some()) {
        Some(stream) => read_stream(&stream, deadline).await,
        None => read_text(answer, deadline).await,
    }
}

async fn read_stream(stream: &JsValue, deadline: &JsValue) -> Result<Secret<String>, NetworkFailure> {
    // Throws if somebody else reads the stream.
    let reader = call(stream, "getReader", &[]).map_err(unusable)?;
    let mut bytes = Secret::new(Vec::new());
    loop {
        let chunk = call(&reader, "read", &[]).map_err(unusable)?;
        let chunk = first(&[&chunk, deadline]).await.map_err(unreachable)?;
        if get(&chunk, "done").map_err(unusable)?.is_truthy() {
            break;
        }
        let part = get(&chunk, "value").map_err(unusable)?;
        let length = get(&part, "length").map_err(unusable)?.as_f64().ok_or(NetworkFailure::NoFetch)? as usize;
        let start = bytes.expose_secret().len();
        if start.saturating_add(length) > Response::MAX_BODY_BYTES {
            return Err(NetworkFailure::TooLarge);
        }
        grow(&mut bytes, length);
        copy(&mut bytes.expose_secret_mut()[start..], &part).map_err(unusable)?;
    }
    // Text that is not UTF-8 is not JSON either, and is refused there.
    Ok(Secret::new(String::from_utf8(bytes.take()).unwrap_or_default()))
}

/// For answers without a stream: those of mocks and of `node-fetch`.
async fn read_text(answer: &JsValue, deadline: &JsValue) -> Result<Secret<String>, NetworkFailure> {
    let method = if member(answer, "text").is_some() { "text" } else { "json" };
    let value = call(answer, method, &[]).map_err(unusable)?;
    let mut value = first(&[&value, deadline]).await.map_err(unreachable)?;
    if method == "json" {
        value = call(&global("JSON"), "stringify", &[&value]).map_err(unusable)?;
    }
    let text: &JsString = value.dyn_ref().ok_or(NetworkFailure::NoFetch)?;
    if text.length() as usize > Response::MAX_BODY_BYTES {
        return Err(NetworkFailure::TooLarge);
    }
    Ok(Secret::new(value.as_string().unwrap_or_default()))
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

fn unusable(_: JsValue) -> NetworkFailure {
    NetworkFailure::NoFetch
}

pub(crate) fn unreachable(_: JsValue) -> NetworkFailure {
    NetworkFailure::Unreachable
}
