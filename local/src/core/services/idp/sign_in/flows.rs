//! Every flow, and what begins it.

use serde_json::Value;

use super::parameters::{Parameters, optional};
use super::{custom_auth, refresh, user_auth, user_password_auth, user_srp_auth};
use crate::core::directory::{AppClient, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::auth_events;
use crate::core::services::triggers;
use crate::core::wire::error::{ServiceError, invalid, unsupported};

/// What InitiateAuth and AdminInitiateAuth bring.
#[derive(Clone, Copy)]
pub(super) struct Request<'a> {
    pub(super) flow: &'a str,
    pub(super) parameters: &'a Parameters,
    pub(super) session: Option<&'a str>,
}

/// Begins a flow, for the operation of a user and that of an administrator.
///
/// # Errors
/// As the operations; `InvalidParameterException` for a flow that the operation or the client does not have.
pub(super) fn begin(
    pool: &mut UserPool,
    client: &AppClient,
    request: Request<'_>,
    refused: &[&str],
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let flow = if request.flow == "REFRESH_TOKEN" { "REFRESH_TOKEN_AUTH" } else { request.flow };
    if refused.contains(&flow) {
        return Err(invalid("Initiate Auth method not supported."));
    }
    if !client.allows(flow) {
        return Err(invalid(format!("{flow} flow not enabled for this client")));
    }
    if request.session.is_some() && flow != "USER_AUTH" {
        return Err(invalid("Session can only be given with the flow USER_AUTH"));
    }
    let parameters = request.parameters;
    if flow != "REFRESH_TOKEN_AUTH"
        && let Some(login) = optional(parameters, "USERNAME")
    {
        client.check_secret_hash(login, optional(parameters, "SECRET_HASH"))?;
        triggers::pre_authentication(pool, client, login, context)?;
    }
    let begun = match flow {
        "ADMIN_NO_SRP_AUTH" | "ADMIN_USER_PASSWORD_AUTH" | "USER_PASSWORD_AUTH" => {
            user_password_auth::start(pool, client, parameters, context)
        }
        "CUSTOM_AUTH" => custom_auth::start(pool, client, parameters, context),
        "REFRESH_TOKEN_AUTH" => refresh::by_flow(pool, client, parameters, context),
        "USER_AUTH" => user_auth::start(pool, client, parameters, request.session, context),
        "USER_SRP_AUTH" => user_srp_auth::start(pool, client, parameters, context),
        _ => Err(unsupported(format_args!("the flow {flow} yet"))),
    };
    begun.inspect_err(|error| auth_events::note_refusal(pool, optional(parameters, "USERNAME"), error, context))
}
