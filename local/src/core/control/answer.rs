//! The control API, request by request.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::{clock, config, faults, inbox, keys, overview, sockets, totp, users};
use crate::core::house::House;
use crate::core::wire::http::{HttpRequest, HttpResponse};

/// Where the control API lives.
pub(crate) const PREFIX: &str = "/_poolpass/";

/// Whether it is there: all that any page may ask.
pub(crate) const HEALTH: &str = "health";

/// The methods of its requests, for preflight answers.
pub(crate) fn methods(request: &HttpRequest) -> &'static str {
    match request.path() {
        path if path.starts_with(PREFIX) => "GET, POST, DELETE",
        "/" => "POST, GET",
        _ => "GET",
    }
}

/// Answers `rest`, the path after [`PREFIX`].
pub(crate) fn answer(house: &mut House<'_>, request: &HttpRequest, rest: &str) -> HttpResponse {
    match perform(house, request, rest) {
        Ok(body) => HttpResponse::json(200, &body).with("Cache-Control", "no-store"),
        Err((status, text)) => HttpResponse::json(status, &json!({ "message": text })),
    }
}

pub(super) fn perform(house: &mut House<'_>, request: &HttpRequest, rest: &str) -> Result<Value, Refusal> {
    let House { desk, services, .. } = house;
    let clock = &desk.world.clock;
    match (request.method.as_str(), rest) {
        ("GET", HEALTH) => Ok(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") })),
        ("GET", "config") => Ok(config::show(house, &request.base())),
        ("GET", "overview") => Ok(overview::show(house)),
        ("GET", "users") => users::show(&desk.shared.pools, request, clock.now_ms()),
        ("GET", "inbox") => Ok(inbox::show(&desk.shared.inbox, request.query("to").as_deref())),
        ("DELETE", "inbox") => {
            desk.shared.inbox.clear();
            Ok(json!({}))
        }
        ("GET", "clock") => Ok(clock::show(clock)),
        ("POST", "clock") => clock::change(clock, read(request)?),
        ("GET", "faults") => Ok(faults::show(desk.faults)),
        ("POST", "faults") => faults::order(desk.faults, read(request)?),
        ("DELETE", "faults") => {
            desk.faults.clear();
            Ok(json!({}))
        }
        ("GET", "requests") => Ok(json!(desk.journal)),
        ("DELETE", "requests") => {
            desk.journal.clear();
            Ok(json!({}))
        }
        ("POST", "keys") => keys::change(&desk.world.keys, &read(request)?),
        ("GET", "sockets") => Ok(sockets::show(services)),
        ("POST", "sockets") => sockets::change(services, &read(request)?),
        ("GET", "totp") => totp::show(&desk.shared.pools, request, clock.now_ms()),
        ("POST", "reset") => {
            house.reset();
            Ok(clock::show(&house.desk.world.clock))
        }
        (
            _,
            "health" | "config" | "inbox" | "clock" | "faults" | "keys" | "overview" | "requests" | "reset" | "sockets"
            | "totp" | "users",
        ) => Err((405, format!("{} is not possible at {PREFIX}{rest}", request.method))),
        _ => Err((404, format!("poolpass-local has nothing at {PREFIX}{rest}"))),
    }
}

pub(super) fn read<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Refusal> {
    serde_json::from_slice(&request.body).map_err(|error| (400, error.to_string()))
}
