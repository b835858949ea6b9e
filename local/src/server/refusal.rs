//! Refusals before a request reaches the emulator.

use axum::body::Body;
use axum::response::Response;

pub(super) fn refuse(status: u16, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = axum::http::StatusCode::from_u16(status).unwrap_or_default();
    response
}
