//! The APIs as a service.

use serde_json::{Value, json};

use super::call::Call;
use super::lambda_hook::HookAnswer;
use super::refusal::{Protocol, Refusal};
use super::settings::{Api, Authorizer};
use super::{cognito_authorizer, echo, iam_authorizer, jwt_authorizer, lambda_authorizer, lambda_hook};
use crate::core::service::{Desk, Named, Service, Shared, stamped};
use crate::core::wire::cors;
use crate::core::wire::form::percent_decode;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;
use crate::core::world::outside::Waiting;
use crate::core::world::random::Random;

/// Where they live.
const PREFIX: &str = "/api/";

/// The headers that pages may read.
const READABLE: &str = "x-amzn-RequestId,x-amzn-ErrorType,Date,WWW-Authenticate";

/// The APIs of an app.
pub(crate) struct Apis(Vec<Api>);

impl Apis {
    pub(crate) fn new(apis: Vec<Api>) -> Self {
        Self(apis)
    }

    /// The API that a path belongs to, and the decoded path below its address.
    pub(super) fn find(&self, path: &str) -> Option<(&Api, String)> {
        let (name, rest) = path.strip_prefix(PREFIX)?.split_once('/')?;
        let api = self.0.iter().find(|api| api.name == name)?;
        Some((api, format!("/{}", percent_decode(&rest.replace('+', "%2B")))))
    }
}

impl Service for Apis {
    fn takes(&self, request: &HttpRequest) -> bool {
        request.path().starts_with(PREFIX)
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        Some(Named::new(request.path()))
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let Some((api, path)) = self.find(request.path()) else {
            return HttpResponse::json(403, &json!({ "message": "Forbidden" }));
        };
        let Some(route) = api.routes.iter().find(|route| route.fits(&request.method, &path)) else {
            return Refusal::NoRoute.response(api.protocol_type);
        };
        let Desk { world, shared, outside, now_ms, .. } = desk;
        let call = Call {
            api,
            route,
            region: &world.region,
            pools: &shared.pools,
            keys: &world.keys,
            access_keys: &shared.access_keys,
            request,
            path,
            now_ms: *now_ms,
        };
        let answer = lambda_hook::ask(&call, outside).map(|hook| authorize(&call, hook.as_ref()));
        match answer {
            Ok(Ok(authorizer)) => echo::reply(&call, authorizer),
            Ok(Err(refusal)) => refusal.response(api.protocol_type),
            Err(Waiting) => HttpResponse::new(500, "text/plain", ""),
        }
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_error(fault)
    }

    fn asks_outside(&self, _shared: &Shared, request: &HttpRequest) -> bool {
        self.find(request.path()).is_some_and(|(api, _)| matches!(api.authorizer, Authorizer::Lambda(_)))
    }

    fn preflight(&self, request: &HttpRequest, _now_ms: u64) -> HttpResponse {
        cors::preflight(request, "GET, HEAD, POST, PUT, PATCH, DELETE")
    }

    fn finish(&self, request: &HttpRequest, reply: HttpResponse, random: &mut Random, now_ms: u64) -> HttpResponse {
        let reply = stamped(reply, random, now_ms);
        // Pages can't read a REST API's own errors, which have no CORS headers unless it was told to add them.
        let hides = |api: &Api| api.protocol_type == Protocol::Rest && !api.cors_on_errors;
        if reply.status >= 400 && self.find(request.path()).is_some_and(|(api, _)| hides(api)) {
            return reply;
        }
        cors::allow_headers(reply, READABLE)
    }

    fn describe(&self, _shared: &Shared, _base: &str) -> Vec<(&'static str, Value)> {
        vec![("apis", self.0.iter().map(|api| json!(api.name)).collect())]
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
fn ordered_error(fault: &Fault) -> HttpResponse {
    let status = fault.status.unwrap_or(500);
    let default = match status {
        429 => "Too Many Requests",
        500.. => "Internal Server Error",
        _ => "This fault was ordered.",
    };
    let body = json!({ "message": fault.message.as_deref().unwrap_or(default) });
    let response = HttpResponse::json(status, &body);
    match &fault.error_type {
        Some(name) => response.with("x-amzn-ErrorType", name.replace(|c: char| !c.is_ascii_graphic(), "")),
        None => response,
    }
}
