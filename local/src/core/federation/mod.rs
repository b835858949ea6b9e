//! Sign-in through other identity providers of a pool.

use super::emulator::Emulator;
use super::hosted::HandOver;
use super::http::{HttpRequest, HttpResponse};
use super::pool::UserPool;

/// Whether a pool has an identity provider of that name. None has one yet.
pub(crate) fn has_provider(_: &UserPool, _: &str) -> bool {
    false
}

/// The name of the identity provider that one of its identifiers means.
pub(crate) fn provider_of(_: &UserPool, _: &str) -> Option<String> {
    None
}

/// Sends the browser to an identity provider of the pool. The state is not locked here.
pub(super) fn start(emulator: &Emulator, request: &HttpRequest, hand_over: HandOver) -> HttpResponse {
    let HandOver { flow, provider } = hand_over;
    let now_ms = emulator.clock.now_ms();
    let text = format!("poolpass-local can't reach the identity provider {provider} yet");
    emulator.visit(&mut emulator.state(), request, now_ms, None, |visit| flow.refuse(visit, "invalid_request", &text))
}
