//! Stand-ins for identity providers, so that nothing outside is needed: each speaks the protocol of the real one, with test people
//! instead of accounts. They live under `/_poolpass/providers/<name>/`, at the paths of the real ones.

mod authorize;
mod clients;
mod discovery;
mod kind;
mod login;
mod page;
mod people;
mod saml;
mod store;
mod token;
mod user_info;

use kind::{Door, Kind};
use serde_json::json;

use super::well_known::endpoint;
use crate::core::emulator::under_faults::disturbed;
use crate::core::emulator::{Emulator, State};
use crate::core::wire::form::Form;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;
use crate::core::world::tokens::{Forgery, KeyRing};

pub(crate) use login::{is_social_login, login, open_id_claims};
pub(crate) use store::StandIns;

/// Where they live.
pub(crate) const PREFIX: &str = "/_poolpass/providers/";

/// The client id of apps that talk to a stand-in themselves, without a user pool: public, PKCE required, any address of this machine.
const PUBLIC_CLIENT: &str = "poolpass-public";

/// The address of a stand-in, also its issuer or entity id.
pub(crate) fn address(base: &str, name: &str) -> String {
    format!("{base}{PREFIX}{name}")
}

/// One request to a stand-in.
struct Call<'a> {
    kind: Kind,
    state: &'a mut State,
    keys: &'a KeyRing,
    request: &'a HttpRequest,
    /// The address of this stand-in.
    issuer: String,
    now_ms: u64,
    /// How ID tokens, assertions and user info are to be wrong.
    forgery: Option<Forgery>,
}

impl Call<'_> {
    /// The parameters: the body of a POST, else the query.
    fn parameters(&self) -> Form {
        match self.request.method.as_str() {
            "POST" => Form::parse(&String::from_utf8_lossy(&self.request.body)),
            _ => self.request.query_form(),
        }
    }
}

/// Answers `rest`, the path after [`PREFIX`].
pub(crate) fn answer(
    emulator: &Emulator,
    state: &mut State,
    request: &HttpRequest,
    rest: &str,
    now_ms: u64,
) -> HttpResponse {
    let (name, path) = rest.split_once('/').unwrap_or((rest, ""));
    let Some(kind) = Kind::named(name) else { return nothing_here(rest) };
    let issuer = address(&endpoint(request), name);
    // The paths are long enough to be meant, so that `*` leaves the stand-ins alone.
    let fault = state.faults.strike_only(request.path());
    let forgery = fault.as_ref().and_then(Fault::forgery);
    let mut call = Call { kind, state, keys: &emulator.keys, request, issuer, now_ms, forgery };
    disturbed(fault.as_ref(), ordered_error, |_| dispatch(&mut call, path))
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
