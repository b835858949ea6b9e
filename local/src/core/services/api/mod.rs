//! APIs as API Gateway serves them, under `/api/<name>/`: authorisers of every kind before routes that echo what they were told.

mod cognito_authorizer;
mod echo;
mod iam_authorizer;
mod jwt_authorizer;
mod lambda_authorizer;
mod lambda_hook;
mod refusal;
mod route;
mod settings;
mod token;

use serde_json::Value;

use crate::core::config::Config;
use crate::core::emulator::{Emulator, State};
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;
pub(crate) use lambda_hook::{HookAnswer, ask as ask_hook};
use refusal::{Protocol, Refusal};
use route::Route;
pub(crate) use settings::Api;
use settings::Authorizer;

/// Where they live.
pub(crate) const PREFIX: &str = "/api/";

/// The stage that every API is deployed to, which only its ARNs show.
const STAGE: &str = "local";

/// One request to an API.
struct Call<'a> {
    api: &'a Api,
    route: &'a Route,
    state: &'a State,
    emulator: &'a Emulator,
    request: &'a HttpRequest,
    /// Decoded, below the API's address.
    path: String,
    now_ms: u64,
}

impl Call<'_> {
    /// What the right to call is asked for.
    fn method_arn(&self) -> String {
        method_arn(&self.emulator.config, self.api, &self.request.method, &self.path)
    }
}

fn method_arn(config: &Config, api: &Api, method: &str, path: &str) -> String {
    let (region, account, name) = (&config.region, crate::core::iam::ACCOUNT, &api.name);
    format!("arn:aws:execute-api:{region}:{account}:{name}/{STAGE}/{method}{path}")
}

/// The API that a path belongs to, and the decoded path below its address.
fn find<'c>(config: &'c Config, path: &str) -> Option<(&'c Api, String)> {
    let (name, rest) = path.strip_prefix(PREFIX)?.split_once('/')?;
    let api = config.apis.iter().find(|api| api.name == name)?;
    Some((api, format!("/{}", crate::core::wire::form::percent_decode(&rest.replace('+', "%2B")))))
}

/// Whether pages can't read a reply: a REST API's own errors have no CORS headers unless it was told to add them.
pub(crate) fn hides(config: &Config, path: &str, status: u16) -> bool {
    let rest = |api: &Api| api.protocol_type == Protocol::Rest && !api.cors_on_errors;
    status >= 400 && find(config, path).is_some_and(|(api, _)| rest(api))
}

/// Answers a request; nothing but errors and echoes.
pub(crate) fn answer(
    emulator: &Emulator,
    state: &State,
    request: &HttpRequest,
    now_ms: u64,
    hook: Option<&HookAnswer>,
) -> HttpResponse {
    let Some((api, path)) = find(&emulator.config, request.path()) else {
        return HttpResponse::json(403, &serde_json::json!({ "message": "Forbidden" }));
    };
    let Some(route) = api.routes.iter().find(|route| route.fits(&request.method, &path)) else {
        return Refusal::NoRoute.response(api.protocol_type);
    };
    let call = Call { api, route, state, emulator, request, path, now_ms };
    match authorize(&call, hook) {
        Ok(authorizer) => echo::reply(&call, authorizer),
        Err(refusal) => refusal.response(api.protocol_type),
    }
}

/// What the authoriser found out, as integrations are told it.
fn authorize(call: &Call<'_>, hook: Option<&HookAnswer>) -> Result<Value, Refusal> {
    match &call.api.authorizer {
        Authorizer::CognitoUserPools { user_pool_ids } => cognito_authorizer::check(call, user_pool_ids),
        Authorizer::Jwt { issuer, audience } => jwt_authorizer::check(call, issuer, audience),
        Authorizer::AwsIam => iam_authorizer::check(call),
        Authorizer::Lambda(lambda) => lambda_authorizer::check(call, lambda, hook),
    }
}

/// The error that a fault of kind `error` asks for.
pub(crate) fn ordered_error(fault: &Fault) -> HttpResponse {
    let status = fault.status.unwrap_or(500);
    let default = match status {
        429 => "Too Many Requests",
        500.. => "Internal Server Error",
        _ => "This fault was ordered.",
    };
    let body = serde_json::json!({ "message": fault.message.as_deref().unwrap_or(default) });
    let response = HttpResponse::json(status, &body);
    match &fault.error_type {
        Some(name) => response.with("x-amzn-ErrorType", name.replace(|c: char| !c.is_ascii_graphic(), "")),
        None => response,
    }
}
