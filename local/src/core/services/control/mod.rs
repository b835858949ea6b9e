//! The control API for tests and people, under `/_poolpass/`.

mod clock;
mod config;
mod faults;
mod inbox;
mod keys;
mod sockets;
mod totp;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::core::emulator::{Emulator, State};
use crate::core::wire::http::{HttpRequest, HttpResponse};

/// Where the control API lives.
pub(crate) const PREFIX: &str = "/_poolpass/";

/// Whether it is there: all that any page may ask.
pub(crate) const HEALTH: &str = "health";

/// Why a control request is refused: status and text.
type Refusal = (u16, String);

/// Answers `rest`, the path after [`PREFIX`].
pub(crate) fn answer(emulator: &Emulator, state: &mut State, request: &HttpRequest, rest: &str) -> HttpResponse {
    match perform(emulator, state, request, rest) {
        Ok(body) => HttpResponse::json(200, &body).with("Cache-Control", "no-store"),
        Err((status, text)) => HttpResponse::json(status, &json!({ "message": text })),
    }
}

fn perform(emulator: &Emulator, state: &mut State, request: &HttpRequest, rest: &str) -> Result<Value, Refusal> {
    match (request.method.as_str(), rest) {
        ("GET", HEALTH) => Ok(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") })),
        ("GET", "config") => Ok(config::show(emulator, state, request)),
        ("GET", "inbox") => Ok(inbox::show(&state.inbox, request.query("to").as_deref())),
        ("DELETE", "inbox") => {
            state.inbox.clear();
            Ok(json!({}))
        }
        ("GET", "clock") => Ok(clock::show(&emulator.clock)),
        ("POST", "clock") => clock::change(&emulator.clock, read(request)?),
        ("GET", "faults") => Ok(faults::show(&state.faults)),
        ("POST", "faults") => faults::order(&mut state.faults, read(request)?),
        ("DELETE", "faults") => {
            state.faults.clear();
            Ok(json!({}))
        }
        ("GET", "requests") => Ok(json!(state.journal)),
        ("DELETE", "requests") => {
            state.journal.clear();
            Ok(json!({}))
        }
        ("POST", "keys") => keys::change(&emulator.keys, &read(request)?),
        ("GET", "sockets") => Ok(state.appsync.sockets.show()),
        ("POST", "sockets") => sockets::change(&mut state.appsync.sockets, &read(request)?),
        ("GET", "totp") => totp::show(&state.pools, request, emulator.clock.now_ms()),
        ("POST", "reset") => {
            emulator.reset(state);
            Ok(clock::show(&emulator.clock))
        }
        (
            _,
            "health" | "config" | "inbox" | "clock" | "faults" | "keys" | "requests" | "reset" | "sockets" | "totp",
        ) => Err((405, format!("{} is not possible at {PREFIX}{rest}", request.method))),
        _ => Err((404, format!("poolpass-local has nothing at {PREFIX}{rest}"))),
    }
}

fn read<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Refusal> {
    serde_json::from_slice(&request.body).map_err(|error| (400, error.to_string()))
}
