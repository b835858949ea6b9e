//! The stand-ins as a service.

use serde_json::json;

use super::call::Call;
use super::{authorize, discovery, saml, token, user_info};
use crate::core::service::{Desk, Named, Service, disturbed};
use crate::core::stand_ins::{Door, Kind, PREFIX, address};
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;

/// The stand-ins as a service.
pub(crate) struct StandInProviders;

impl Service for StandInProviders {
    fn takes(&self, request: &HttpRequest) -> bool {
        request.path().starts_with(PREFIX)
    }

    /// What is asked of them is no request to AWS.
    fn name(&self, _request: &HttpRequest) -> Option<Named> {
        None
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let rest = request.path().strip_prefix(PREFIX).unwrap_or_default();
        let (name, path) = rest.split_once('/').unwrap_or((rest, ""));
        let Some(kind) = Kind::named(name) else { return nothing_here(rest) };
        let issuer = address(&request.base(), name);
        // The paths are long enough to be meant, so that `*` leaves the stand-ins alone.
        let fault = desk.faults.strike_only(request.path());
        let forgery = fault.as_ref().and_then(Fault::forgery);
        let Desk { world, shared, random, now_ms, .. } = desk;
        let mut call = Call { kind, shared, random, keys: &world.keys, request, issuer, now_ms: *now_ms, forgery };
        disturbed(fault.as_ref(), fault.as_ref().map(ordered_error), || dispatch(&mut call, path))
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_error(fault)
    }
}

fn dispatch(call: &mut Call<'_>, path: &str) -> HttpResponse {
    let kind = call.kind;
    match (call.request.method.as_str(), kind.door(path)) {
        ("GET", Some(Door::Authorize)) => authorize::ask(call),
        ("POST", Some(Door::Choose)) => authorize::answer(call),
        ("POST", Some(Door::Token)) => token::answer(call),
        ("GET", Some(Door::Token)) if kind == Kind::Facebook => token::answer(call),
        ("GET" | "POST", Some(Door::UserInfo)) => user_info::answer(call),
        ("GET", Some(Door::Jwks)) => HttpResponse::json(200, &call.keys.jwks(kind.key_id())),
        ("GET", Some(Door::Discovery)) => discovery::answer(call),
        ("GET", Some(Door::Metadata)) => saml::metadata(call),
        _ => nothing_here(&format!("{}/{path}", kind.name())),
    }
}

fn ordered_error(fault: &Fault) -> HttpResponse {
    let error = fault.error_type.as_deref().unwrap_or("server_error");
    let description = fault.message.as_deref().unwrap_or("This fault was ordered.");
    HttpResponse::json(fault.status.unwrap_or(500), &json!({ "error": error, "error_description": description }))
}

fn nothing_here(rest: &str) -> HttpResponse {
    HttpResponse::json(404, &json!({ "message": format!("poolpass-local has nothing at {PREFIX}{rest}") }))
}
