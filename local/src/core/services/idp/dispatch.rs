//! From a request to its operation, and from the result to a reply.

use serde_json::{Map, Value};

pub(super) use super::run::Run;
use super::{
    Context, auth_events, branding, client_metadata, clients, devices, domains, groups, imports, limits, mfa,
    monitoring, passkeys, pools, profile, providers, recovery, registration, resource_servers, sessions, sign_in,
    sign_out, tags, terms, users,
};
use crate::core::directory::{Pools, pool_id};
use crate::core::iam::signed::Administrators;
use crate::core::service::TriggerInput;
use crate::core::wire::error::{ServiceError, pool_not_found};
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::json_service;
use crate::core::wire::json_service::Body;
use crate::core::wire::shapes::USER_POOLS;

/// What `X-Amz-Target` begins with.
pub(super) const PREFIX: &str = "AWSCognitoIdentityProviderService.";

/// Does the work of a request.
pub(super) fn answer(
    pools: &mut Pools,
    context: &mut Context<'_>,
    administrators: &Administrators<'_>,
    request: &HttpRequest,
    operation: &str,
    body: Body,
) -> HttpResponse {
    json_service::reply(perform(pools, context, administrators, request, operation, body))
}

fn perform(
    pools: &mut Pools,
    context: &mut Context<'_>,
    administrators: &Administrators<'_>,
    request: &HttpRequest,
    operation: &str,
    body: Body,
) -> Result<Value, ServiceError> {
    let known = json_service::operation(&USER_POOLS, request, operation)?;
    let body = json_service::value(body);
    if known.signed {
        let named = |member: &str| body.as_ref().ok().and_then(|body| body.get(member)?.as_str());
        let pool_id = named("UserPoolId").or_else(|| named("ResourceArn").and_then(pool_id));
        let resource = pool_id.map(|id| format!("userpool/{id}"));
        context.region = administrators.check(request, "cognito-idp", operation, resource)?;
        // Each region has its own pools.
        let region_of = |id: &&str| id.split_once('_').is_some_and(|(region, _)| region != context.region);
        if let Some(elsewhere) = pool_id.filter(region_of) {
            return Err(pool_not_found(elsewhere));
        }
        if let Some(pool) = pool_id.and_then(|id| pools.get(id).ok()) {
            imports::run_due(pool, context);
        }
    }
    let body = body?;
    context.input = trigger_input(operation, &body);
    let shape = known.input.as_deref().unwrap_or_default();
    let mut run = Run { pools, context, shape, body, base: request.base() };
    let rooms = [
        auth_events::perform,
        branding::perform,
        client_metadata::perform,
        clients::perform,
        devices::perform,
        domains::perform,
        groups::perform,
        imports::perform,
        limits::perform,
        mfa::perform,
        monitoring::perform,
        passkeys::perform,
        pools::perform,
        profile::perform,
        providers::perform,
        recovery::perform,
        resource_servers::perform,
        sessions::perform,
        sign_in::perform,
        sign_out::perform,
        registration::perform,
        tags::perform,
        terms::perform,
        users::perform,
    ];
    let done = rooms.iter().find_map(|perform| perform(&mut run, operation));
    done.unwrap_or_else(|| Err(json_service::unsupported_operation(operation)))
}

/// What the app has to say to triggers. It is used only once the body has been checked.
fn trigger_input(operation: &str, body: &Value) -> TriggerInput {
    let member = |name: &str| body.get(name).cloned();
    let pair = |attribute: &Value| {
        Some((attribute.get("Name")?.as_str()?.to_owned(), attribute.get("Value").cloned().unwrap_or_default()))
    };
    let validation_data = member("ValidationData").as_ref().and_then(Value::as_array).map(|data| {
        let pairs: Map<String, Value> = data.iter().filter_map(pair).collect();
        pairs.into()
    });
    TriggerInput {
        operation: operation.to_owned(),
        client_id: member("ClientId").as_ref().and_then(Value::as_str).map(str::to_owned),
        client_metadata: member("ClientMetadata").filter(|metadata| !metadata.is_null()),
        validation_data,
    }
}
