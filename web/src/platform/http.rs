//! The kit's own requests, by `fetch`: with a deadline, a bound on the response, and the caller's `AbortSignal`.

use poolpass::error::NetworkFailure;
use poolpass::platform::{Request, Response, SendFailure};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect};

use super::body;
use super::cancellation::{Cancellation, Cause};
use super::scope;

/// Sends a request and reads the whole response. Dropping the future aborts the request.
pub(crate) async fn send(request: &Request, caller: Option<&AbortSignal>) -> Result<Response, SendFailure> {
    let cancellation =
        Cancellation::new(caller, request.deadline_ms).map_err(|_| SendFailure::Network(NetworkFailure::NoFetch))?;
    if cancellation.cause().is_some() {
        return Err(SendFailure::Aborted);
    }
    exchange(request, &cancellation).await.map_err(|failure| match cancellation.cause() {
        Some(Cause::Aborted) => SendFailure::Aborted,
        Some(Cause::TimedOut) => SendFailure::Network(NetworkFailure::TimedOut),
        None => SendFailure::Network(failure),
    })
}

async fn exchange(request: &Request, cancellation: &Cancellation) -> Result<Response, NetworkFailure> {
    let fetch = scope::fetch().ok_or(NetworkFailure::NoFetch)?;
    let init = init(request, &cancellation.signal()).map_err(unreachable)?;
    let url = JsValue::from_str(&request.url);
    let promise = fetch.call2(&js_sys::global(), &url, &init).map_err(unreachable)?;
    // `resolve` takes what a replaced `fetch` returns, whatever that is. It may ignore the signal too.
    let response = JsFuture::from(js_sys::Promise::resolve(&promise));
    let response = cancellation.guard(response).await.map_err(|_| NetworkFailure::Unreachable)?.map_err(unreachable)?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| NetworkFailure::NoFetch)?;
    let headers = response.headers();
    let header = |name: &'static str| Some((name, headers.get(name).ok()??));
    Ok(Response {
        status: response.status(),
        headers: Response::HEADERS.into_iter().filter_map(header).collect(),
        body: body::read(&response, cancellation).await?,
    })
}

fn init(request: &Request, signal: &AbortSignal) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_headers_headers(&headers);
    if !request.body.expose_secret().is_empty() {
        init.set_body_opt_str(Some(request.body.expose_secret()));
    }
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(if request.bypass_cache { RequestCache::Reload } else { RequestCache::Default });
    init.set_signal(Some(signal));
    Ok(init)
}

fn unreachable(_: JsValue) -> NetworkFailure {
    NetworkFailure::Unreachable
}
