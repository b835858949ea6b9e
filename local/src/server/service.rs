//! From axum's requests to the emulator's and back.

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use std::sync::Arc;
use std::time::Duration;

use super::refusal::refuse;
use super::{delivery, socket};
use crate::core::{Emulator, HttpRequest, host_name, is_this_machine};

/// The largest body that Cognito's own limits leave room for, and some more.
const LARGEST_BODY: usize = 1024 * 1024;

/// The longest that a whole body may take to arrive. hyper waits as long for the headers.
pub(super) const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// What requests are answered with.
#[derive(Clone)]
pub(super) struct Served {
    pub(super) emulator: Arc<Emulator>,
    /// Against DNS rebinding: a page of another site can't make its own name lead here.
    pub(super) only_local_names: bool,
    pub(super) body_patience: Duration,
}

/// Everything goes to the emulator, which knows its paths itself.
pub(super) fn router(served: Served) -> Router {
    Router::new().fallback(answer).with_state(served)
}

async fn answer(State(served): State<Served>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if served.only_local_names && !header("host").is_some_and(|host| is_this_machine(host_name(host))) {
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
    match tokio::time::timeout(served.body_patience, to_bytes(body, LARGEST_BODY)).await {
        Ok(Ok(body)) => asked.body = body.into(),
        Ok(Err(_)) => return refuse(413, "The body is too large or incomplete."),
        Err(_) => return refuse(408, "The body took too long to arrive."),
    }
    // SRP and RSA take milliseconds: too long for the threads that serve all connections.
    match tokio::task::spawn_blocking(move || served.emulator.handle(asked)).await {
        Ok(response) => delivery::deliver(response).await,
        Err(_) => refuse(500, "poolpass-local failed to answer this request."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{Config, ManualClock};
    use axum::body::Body;
    use axum::body::Bytes;
    use axum::http::Request;
    use futures::{StreamExt as _, stream};
    use std::io;
    use tower_service::Service as _;

    async fn post(body: Body) -> u16 {
        let emulator = Arc::new(Emulator::new(Config::default(), ManualClock::new(0), Some(1)));
        let body_patience = Duration::from_millis(20);
        let mut router = router(Served { emulator, only_local_names: true, body_patience });
        let request = Request::post("/_poolpass/reset").header("host", "localhost").body(body).unwrap();
        let Ok(response) = router.call(request).await;
        response.status().as_u16()
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up() {
        let begun = stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"{"))]);
        assert_eq!(post(Body::from_stream(begun.chain(stream::pending()))).await, 408);
        assert_eq!(post(Body::from("{}")).await, 200);
    }
}
