//! `InitiateAuth`.

use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

use super::parameters::Parameters;
use super::{refresh, user_password_auth, user_srp_auth};
use crate::core::directory::{AppClient, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::{ServiceError, invalid, unsupported};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    auth_flow: String,
    #[serde(default)]
    auth_parameters: Parameters,
    session: Option<String>,
}

pub(super) fn run(
    pool: &mut UserPool,
    client: &Arc<AppClient>,
    context: &mut Context<'_>,
    input: Input,
) -> Result<Value, ServiceError> {
    let flow = match input.auth_flow.as_str() {
        "ADMIN_NO_SRP_AUTH" | "ADMIN_USER_PASSWORD_AUTH" => return Err(invalid("Initiate Auth method not supported.")),
        "REFRESH_TOKEN" => "REFRESH_TOKEN_AUTH",
        flow => flow,
    };
    if !client.allows(flow) {
        return Err(invalid(format!("{flow} flow not enabled for this client")));
    }
    if input.session.is_some() {
        return Err(unsupported("Session in InitiateAuth yet"));
    }
    let parameters = &input.auth_parameters;
    match flow {
        "USER_SRP_AUTH" => user_srp_auth::start(pool, client, parameters, context),
        "USER_PASSWORD_AUTH" => user_password_auth::start(pool, client, parameters, context),
        "REFRESH_TOKEN_AUTH" => refresh::by_flow(pool, client, parameters, context),
        _ => Err(unsupported(format_args!("the flow {flow} yet"))),
    }
}
