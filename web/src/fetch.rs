//! `fetch`, with a deadline, a bound on the answer, and the caller's `AbortSignal`.
//!
//! `globalThis.fetch` need not be the browser's: tests mock it, polyfills and monitoring scripts wrap it. Anything that
//! gives a status and a body is taken; the rest is [`NetworkFailure::NoFetch`].

use wasm_bindgen::prelude::*;

use crate::body::{self, unreachable};
use crate::reflect::{call, call_global, first, get, global, object};
use crate::signal::AbortSignal;
use poolpass::error::NetworkFailure;
use poolpass::platform::{Request, Response, SendFailure};

/// Sends a request and reads the whole answer.
pub(crate) async fn send(request: &Request, caller: Option<&AbortSignal>) -> Result<Response, SendFailure> {
    if caller.is_some_and(AbortSignal::aborted) {
        return Err(SendFailure::Aborted);
    }
    let deadline = AbortSignal::timeout(request.deadline_ms);
    let signal = AbortSignal::either(caller, deadline.as_ref());
    exchange(request, signal, deadline.as_ref()).await.map_err(|failure| {
        if caller.is_some_and(AbortSignal::aborted) {
            SendFailure::Aborted
        } else if deadline.as_ref().is_some_and(AbortSignal::aborted) {
            SendFailure::Network(NetworkFailure::TimedOut)
        } else {
            SendFailure::Network(failure)
        }
    })
}

async fn exchange(
    request: &Request,
    signal: JsValue,
    deadline: Option<&AbortSignal>,
) -> Result<Response, NetworkFailure> {
    if !global("fetch").is_function() {
        return Err(NetworkFailure::NoFetch);
    }
    let init = init(request, signal);
    let answer = call_global("fetch", &[&JsValue::from_str(&request.url), &init]).map_err(unreachable)?;
    // A `fetch` may ignore its signal.
    let deadline = AbortSignal::rejection(deadline);
    let answer = first(&[&answer, &deadline]).await.map_err(unreachable)?;
    let status = get(&answer, "status").ok().and_then(|status| status.as_f64());
    let headers = get(&answer, "headers").unwrap_or_default();
    let header = |name: &str| call(&headers, "get", &[&name.into()]).ok()?.as_string();
    Ok(Response {
        status: status.filter(|status| (100.0..1000.0).contains(status)).ok_or(NetworkFailure::NoFetch)? as u16,
        headers: Response::HEADERS.iter().filter_map(|&name| Some((name, header(name)?))).collect(),
        body: body::read(&answer, &deadline).await?,
    })
}

fn init(request: &Request, signal: JsValue) -> JsValue {
    let headers: Vec<(&str, JsValue)> =
        request.headers.iter().map(|(name, value)| (*name, JsValue::from_str(value))).collect();
    object(&[
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
        ("cache", if request.bypass_cache { "reload" } else { "default" }.into()),
        ("signal", signal),
    ])
}
