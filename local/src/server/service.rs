//! From axum's requests to the emulator's and back.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use std::sync::Arc;

use super::{delivery, host, socket};
use crate::core::{Emulator, HttpRequest};

/// The largest body that Cognito's own limits leave room for, and some more.
const LARGEST_BODY: usize = 1024 * 1024;

#[derive(Clone)]
struct Served {
    emulator: Arc<Emulator>,
    only_local_names: bool,
}

/// Everything goes to the emulator, which knows its paths itself.
pub(super) fn router(emulator: Arc<Emulator>, only_local_names: bool) -> Router {
    Router::new().fallback(answer).with_state(Served { emulator, only_local_names })
}

async fn answer(State(served): State<Served>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if served.only_local_names && !host::is_local(header("host")) {
        return refuse(
            403,
            "poolpass-local answers only to localhost, 127.0.0.1 and [::1]. Start it with --host to use other names.",
        );
    }
    let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut asked = HttpRequest {
        method: parts.method.to_string(),
        target: parts.uri.path_and_query().map_or_else(|| "/".into(), ToString::to_string),
        headers: parts.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: Vec::new(),
    };
    if socket::is_asked_for(&parts) {
        return socket::open(served.emulator, parts, asked).await;
    }
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return refuse(413, "The body is too large or did not arrive whole.");
    };
    asked.body = body.into();
    // SRP and RSA take milliseconds: too long for the threads that serve all connections.
    match tokio::task::spawn_blocking(move || served.emulator.handle(asked)).await {
        Ok(response) => delivery::deliver(response).await,
        Err(_) => refuse(500, "poolpass-local failed on this request."),
    }
}

pub(super) fn refuse(status: u16, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = axum::http::StatusCode::from_u16(status).unwrap_or_default();
    response
}
