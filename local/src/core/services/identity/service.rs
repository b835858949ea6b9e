//! Identity pools as a service.

use serde_json::{Value, json};

use super::dispatch::{PREFIX, answer};
use super::{Context, key_sets};
use crate::core::identity_pools::IdentityPool;
use crate::core::service::{Desk, Named, Service, Shared, ordered_json_error};
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::json_service;
use crate::core::world::faults::Fault;

/// Amazon Cognito identity pools.
pub(crate) struct IdentityPoolsApi;

impl Service for IdentityPoolsApi {
    fn takes(&self, request: &HttpRequest) -> bool {
        request.method == "POST" && request.path() == "/" && request.names_target(PREFIX)
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        Some(Named::new(json_service::operation_name(request, PREFIX)))
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let Ok(key_sets) = key_sets::fetch(desk, request) else { return HttpResponse::new(500, "text/plain", "") };
        let operation = json_service::operation_name(request, PREFIX);
        let mut context = Context::new(desk, request, &key_sets);
        answer(&mut context, request, &operation, serde_json::from_slice(&request.body))
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_json_error(fault).response()
    }

    fn asks_outside(&self, shared: &Shared, _request: &HttpRequest) -> bool {
        key_sets::asked(&shared.open_id_providers).next().is_some()
    }

    fn describe(&self, shared: &Shared, _base: &str) -> Vec<(&'static str, Value)> {
        vec![("identityPools", shared.identity_pools.iter().map(describe).collect())]
    }
}

fn describe(pool: &IdentityPool) -> Value {
    let settings = &pool.settings;
    json!({
        "identityPoolId": pool.id,
        "name": settings.identity_pool_name,
        "guests": settings.allow_unauthenticated_identities,
        "classicFlow": settings.allow_classic_flow,
        "userPoolClients": settings.cognito_identity_providers.iter().map(|client| {
            json!({ "provider": client.provider_name, "clientId": client.client_id })
        }).collect::<Vec<_>>(),
        "loginProviders": settings.supported_login_providers,
        "openIdProviders": settings.open_id_connect_provider_arns,
        "developerProvider": settings.developer_provider_name,
        "roles": pool.roles.roles,
    })
}
