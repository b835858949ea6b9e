//! Connections, one task each.

use axum::Router;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, StatusCode};
use hyper::body::Incoming;
use hyper::{Request, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower_service::Service as _;

use super::delivery::Cut;
use super::stop::Stop;

/// How long open connections may take to end.
const GRACE: Duration = Duration::from_secs(1);

/// Accepts connections until it is time to stop, then lets the open ones finish.
pub(super) async fn accept(listener: TcpListener, router: Router, mut stop: Stop) {
    let (closing, watcher) = watch::channel(false);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(tokio::spawn(serve(stream, router.clone(), watcher.clone()))),
                // For example too many open files: others may close meanwhile.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            () = stop.wait() => break,
        }
    }
    drop((listener, watcher));
    let _ = closing.send(true);
    let _ = tokio::time::timeout(GRACE, closing.closed()).await;
}

async fn serve(stream: TcpStream, router: Router, mut closing: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut router = router.clone();
        async move {
            let Ok(mut response) = router.call(request).await;
            // Each connection serves one request: a browser silently repeats a request whose reused connection was cut, which would
            // hide the faults that tests order. What becomes a WebSocket stays.
            if response.status() != StatusCode::SWITCHING_PROTOCOLS {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            // An error here makes hyper close the connection without a reply.
            match response.extensions().get::<Cut>() {
                Some(_) => Err(io::Error::other("this connection was ordered to be cut")),
                None => Ok(response),
            }
        }
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    let mut connection =
        pin!(http.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).with_upgrades());
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = closing.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
