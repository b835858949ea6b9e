//! The user pools API as a service.

use serde_json::Value;

use super::dispatch::{PREFIX, answer};
use crate::core::iam::signed::Administrators;
use crate::core::service::{Desk, Named, Service, Shared, TriggerInput, ordered_json_error};
use crate::core::wire::cors;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::json_service::{self, Body};
use crate::core::world::faults::Fault;

/// Amazon Cognito user pools. It also answers what names no service.
pub(crate) struct UserPoolsApi;

impl Service for UserPoolsApi {
    fn takes(&self, request: &HttpRequest) -> bool {
        request.path() == "/" && matches!(request.method.as_str(), "POST" | "OPTIONS")
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        let body: Body = serde_json::from_slice(&request.body);
        let client_id = body.ok().and_then(|body: Value| Some(body.get("ClientId")?.as_str()?.to_owned()));
        Some(Named { operation: json_service::operation_name(request, PREFIX), client_id })
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let operation = json_service::operation_name(request, PREFIX);
        let body: Body = serde_json::from_slice(&request.body);
        let forgery = desk.forgery();
        let Desk { world, shared, outside, random, now_ms, .. } = desk;
        let administrators = Administrators::new(&shared.access_keys, &world.origins, *now_ms);
        let mut context = super::Context {
            inbox: &mut shared.inbox,
            random,
            keys: &world.keys,
            outside,
            hooks: &world.hooks,
            input: TriggerInput::default(),
            region: world.region.clone(),
            now_ms: *now_ms,
            forgery,
        };
        answer(&mut shared.pools, &mut context, &administrators, request, &operation, body)
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_json_error(fault).response()
    }

    fn asks_outside(&self, shared: &Shared, _request: &HttpRequest) -> bool {
        shared.pools.call_out()
    }

    fn preflight(&self, request: &HttpRequest, _now_ms: u64) -> HttpResponse {
        cors::preflight(request, "POST, GET")
    }
}
