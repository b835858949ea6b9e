//! A request of the app, checked before it is sent: it is valid, and it will carry its credential.

use js_sys::{Array, Uint8Array};
use poolpass::crypto::sha256::sha256;
use poolpass::encode::hex;
use poolpass::error::{Error, ErrorKind, Misuse, NetworkFailure, ValueProblem};
use poolpass::secret::Secret;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, RequestCache, RequestInit, RequestMode, Url};

use crate::platform::scope;

/// In bytes. Larger bodies are hashed by WebCrypto, which uses another thread.
const SMALL: u32 = 4096;

/// Returns the absolute URL in the form in which browsers send it, so that the signature fits.
pub(super) fn sent_form(url: &str) -> Result<String, Error> {
    let sent = Url::new(url).map_err(|_| misuse("url", ValueProblem::NotAbsoluteUrl))?.href();
    refuse_dots(url)?;
    Ok(sent)
}

/// Browsers resolve dots. A key of S3 with a segment of dots would become another key.
pub(super) fn refuse_dots(url: &str) -> Result<(), Error> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let is_dots = |segment: &str| {
        let plain: String = segment.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect();
        matches!(plain.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
    };
    if path.split(['/', '\\']).any(is_dots) {
        return Err(misuse("url", ValueProblem::DotSegment));
    }
    Ok(())
}

/// The request of a URL and options.
///
/// # Errors
/// `bad_input`, which does not quote the URL: it may hold a password.
pub(super) fn of_url(url: &str, init: &RequestInit) -> Result<Request, Error> {
    Request::new_with_str(url).map_err(|_| misuse("url", ValueProblem::NotValidUrl))?;
    Request::new_with_str_and_init(url, init).map_err(|_| misuse("The request", ValueProblem::Refused))
}

/// A plus in the query of a signed URL, written as the blank that it means: S3 reads it so, but not every server does. With
/// a new URL a body would become a stream, which HTTP/1.1 cannot send, so a request with a body stays as it is.
pub(super) fn without_plus(request: Request) -> Result<Request, Error> {
    let url = Url::new(&request.url()).map_err(|_| misuse("url", ValueProblem::NotAbsoluteUrl))?;
    if !url.search().contains('+') || request.body().is_some() {
        return Ok(request);
    }
    url.set_search(&url.search().replace('+', "%20"));
    let init: &RequestInit = request.unchecked_ref();
    Request::new_with_str_and_init(&url.href(), init).map_err(|_| misuse("The request", ValueProblem::NotCopied))
}

/// Refuses a request that browsers would send without its credential.
pub(super) fn check_mode(request: &Request) -> Result<(), Error> {
    if request.mode() == RequestMode::NoCors {
        return Err(misuse("mode", ValueProblem::NoCors));
    }
    Ok(())
}

/// Whether the body comes from a stream, which can be sent only once.
///
/// No member of a `Request` says so, but the standard refuses the mode `no-cors` for such a body and for no other (Fetch,
/// section 5.4, "new Request": the body's source is null).
pub(super) fn is_streamed(request: &Request) -> bool {
    if request.body().is_none() {
        return false;
    }
    let Ok(copy) = request.clone() else { return true };
    let init = RequestInit::new();
    // All else that this mode refuses is replaced.
    init.set_method("POST");
    init.set_mode(RequestMode::NoCors);
    init.set_headers(&js_sys::Object::new());
    init.set_cache(RequestCache::Default);
    init.set_integrity("");
    let refused = Request::new_with_request_and_init(&copy, &init).is_err();
    if let Some(body) = copy.body().filter(|body| refused && !body.locked()) {
        // Or the body would be kept in memory for the copy.
        let cancelled = JsFuture::from(body.cancel());
        wasm_bindgen_futures::spawn_local(async move { drop(cancelled.await) });
    }
    refused
}

/// The headers, as names and values.
pub(super) fn headers(headers: &Headers) -> Vec<(String, String)> {
    let entries = js_sys::try_iter(headers).ok().flatten().into_iter().flatten().flatten();
    let pair = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    entries.filter_map(pair).collect()
}

/// Adds the credential.
pub(super) fn attach(added: &[(&'static str, Secret<String>)], request: &Request) -> Result<(), Error> {
    let headers = request.headers();
    for (name, value) in added {
        let is_set = headers.set(name, value.expose_secret()).is_ok();
        // A request of some modes ignores it.
        if !is_set || headers.get(name).ok().flatten().as_ref() != Some(value.expose_secret()) {
            return Err(misuse(name, ValueProblem::NotCarried));
        }
    }
    Ok(())
}

/// SHA-256 of the body in hexadecimal, or the word in its place; `None` if there is no body.
pub(super) async fn payload_hash(request: &Request, is_streamed: bool) -> Result<Option<String>, Error> {
    if let Some(given) = request.headers().get("x-amz-content-sha256").ok().flatten() {
        return Ok(Some(given));
    }
    if is_streamed {
        // S3 takes it. For any other service it is refused before it is sent.
        return Ok(Some("UNSIGNED-PAYLOAD".to_owned()));
    }
    let unreadable = |_| misuse("The body", ValueProblem::NotRead);
    let copy = request.clone().map_err(unreadable)?;
    let buffer = JsFuture::from(copy.array_buffer().map_err(unreadable)?).await.map_err(unreadable)?;
    let bytes = Uint8Array::new(&buffer);
    if bytes.length() == 0 {
        return Ok(None);
    }
    if bytes.length() <= SMALL {
        let bytes = Secret::new(bytes.to_vec());
        return Ok(Some(hex::encode(&sha256(&[bytes.expose_secret()]))));
    }
    let subtle = scope::subtle_crypto().ok_or(ErrorKind::NoCrypto)?;
    let digest = subtle.digest_with_str_and_js_u8_array("SHA-256", &bytes).map_err(|_| ErrorKind::NoCrypto)?;
    let digest = JsFuture::from(digest).await.map_err(|_| ErrorKind::NoCrypto)?;
    Ok(Some(hex::encode(&Uint8Array::new(&digest).to_vec())))
}

/// The error of a request that has no response. It names the host alone: path and query may contain secrets.
pub(super) fn no_answer(url: &str, failure: NetworkFailure) -> Error {
    let host = Url::new(url).map(|url| url.host()).unwrap_or_default();
    ErrorKind::Network(failure, host).into()
}

pub(super) fn misuse(path: &str, problem: ValueProblem) -> Error {
    Misuse::Value { path: path.to_owned(), problem }.into()
}
