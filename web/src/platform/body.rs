//! The body of a response, up to a bound.

use js_sys::Uint8Array;
use poolpass::error::NetworkFailure;
use poolpass::platform::Response as Bounded;
use poolpass::secret::Secret;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader, ReadableStreamReadResult, Response};

use super::cancellation::Cancellation;

/// Reads the whole body. It contains tokens, so every copy in wasm memory is wiped.
pub(crate) async fn read(response: &Response, cancellation: &Cancellation) -> Result<Secret<String>, NetworkFailure> {
    let mut bytes = Secret::new(Vec::new());
    let Some(stream) = response.body() else { return Ok(Secret::default()) };
    let chunks = Chunks::of(&stream).map_err(unusable)?;
    loop {
        let next = cancellation.guard(chunks.next()).await;
        let Some(chunk) = next.map_err(|_| NetworkFailure::Unreachable)?.map_err(|_| NetworkFailure::Unreachable)?
        else {
            break;
        };
        let start = bytes.expose_secret().len();
        let length = chunk.length() as usize;
        if start.saturating_add(length) > Bounded::MAX_BODY_BYTES {
            return Err(NetworkFailure::TooLarge);
        }
        grow(&mut bytes, length);
        chunk.copy_to(&mut bytes.expose_secret_mut()[start..]);
    }
    // Text that is not UTF-8 is not JSON either, and is refused there.
    Ok(Secret::new(String::from_utf8(bytes.take()).unwrap_or_default()))
}

/// The chunks of a stream. Dropping it cancels the stream, so the rest of a long body is not loaded.
pub(crate) struct Chunks(ReadableStreamDefaultReader);

impl Chunks {
    /// `Err` if the stream already has a reader.
    pub(crate) fn of(stream: &ReadableStream) -> Result<Self, JsValue> {
        ReadableStreamDefaultReader::new(stream).map(Self)
    }

    /// The next chunk; `None` at the end.
    pub(crate) async fn next(&self) -> Result<Option<Uint8Array>, JsValue> {
        let result: ReadableStreamReadResult = JsFuture::from(self.0.read()).await?.unchecked_into();
        if result.get_done().unwrap_or(true) { Ok(None) } else { result.get_value().dyn_into().map(Some) }
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        let cancelled = JsFuture::from(self.0.cancel());
        wasm_bindgen_futures::spawn_local(async {
            // Cancelling a failed stream rejects, which changes nothing.
            let _ = cancelled.await;
        });
    }
}

/// Makes room without leaving a copy of the bytes behind.
fn grow(bytes: &mut Secret<Vec<u8>>, more: usize) {
    let length = bytes.expose_secret().len() + more;
    if length > bytes.expose_secret().capacity() {
        let mut larger = Vec::with_capacity((length * 2).max(8192));
        larger.extend_from_slice(bytes.expose_secret());
        *bytes = Secret::new(larger);
    }
    bytes.expose_secret_mut().resize(length, 0);
}

fn unusable(_: JsValue) -> NetworkFailure {
    NetworkFailure::NoFetch
}
