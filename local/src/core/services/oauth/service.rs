//! The endpoints as a service.

use super::call::Call;
use super::error::{OAuthError, ordered as ordered_error};
use super::{client_authentication, revoke, token, user_info};
use crate::core::directory::Pools;
use crate::core::service::{Context, Desk, Named, Service, Shared};
use crate::core::wire::cors;
use crate::core::wire::form::Form;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;

type Answer = fn(&mut Call<'_>) -> Result<HttpResponse, OAuthError>;

const ENDPOINTS: [(&str, &str, Answer); 3] = [
    ("/oauth2/token", "POST", token::answer),
    ("/oauth2/userInfo", "GET, POST", user_info::answer),
    ("/oauth2/revoke", "POST", revoke::answer),
];

/// The name in the request log and the methods of an endpoint, where the path is one.
fn endpoint(path: &str) -> Option<(&'static str, &'static str)> {
    ENDPOINTS.iter().find(|(name, ..)| *name == path).map(|(name, methods, _)| (*name, *methods))
}

/// The client that a request names.
fn client_id(request: &HttpRequest) -> Option<String> {
    client_authentication::named(request, &read_form(request))
}

/// The endpoints as a service.
pub(crate) struct OAuthEndpoints;

impl Service for OAuthEndpoints {
    fn takes(&self, request: &HttpRequest) -> bool {
        endpoint(request.path()).is_some()
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        let (operation, _) = endpoint(request.path())?;
        Some(Named { operation: operation.into(), client_id: client_id(request) })
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let fault = desk.fault;
        let (pools, context) = desk.pools();
        answer(request, request.path(), pools, context, fault)
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_error(fault)
    }

    fn asks_outside(&self, shared: &Shared, _request: &HttpRequest) -> bool {
        shared.pools.call_out()
    }

    fn preflight(&self, request: &HttpRequest, _now_ms: u64) -> HttpResponse {
        cors::preflight(request, endpoint(request.path()).map_or("GET", |(_, methods)| methods))
    }
}

fn answer(
    request: &HttpRequest,
    path: &str,
    pools: &mut Pools,
    context: Context<'_>,
    fault: Option<&Fault>,
) -> HttpResponse {
    let known = ENDPOINTS.iter().find(|(name, methods, _)| *name == path && methods.contains(&*request.method));
    let Some((_, _, answer)) = known.filter(|_| !request.method.is_empty()) else {
        return OAuthError::new("invalid_request", "").with_status(405).response();
    };
    let mut call = Call { form: read_form(request), request, pools, context, fault };
    let response = answer(&mut call).unwrap_or_else(|error| error.response());
    let request_id = call.context.random.uuid();
    response.with("x-amz-cognito-request-id", request_id).with("Cache-Control", "no-store")
}

fn read_form(request: &HttpRequest) -> Form {
    let is_form = request.is_form_post();
    if is_form { Form::parse(&String::from_utf8_lossy(&request.body)) } else { Form::default() }
}
