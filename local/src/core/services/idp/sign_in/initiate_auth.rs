//! `InitiateAuth`.

use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

use super::flows::{self, Request};
use super::parameters::Parameters;
use crate::core::directory::{AppClient, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    auth_flow: String,
    #[serde(default)]
    auth_parameters: Parameters,
    session: Option<String>,
}

/// The flows of AdminInitiateAuth only.
const REFUSED: [&str; 2] = ["ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH"];

pub(super) fn run(
    pool: &mut UserPool,
    client: &Arc<AppClient>,
    context: &mut Context<'_>,
    input: Input,
) -> Result<Value, ServiceError> {
    let (parameters, session) = (&input.auth_parameters, input.session.as_deref());
    let request = Request { flow: &input.auth_flow, parameters, session };
    flows::begin(pool, client, request, &REFUSED, context).map_err(|mut error| {
        // The one error of AdminInitiateAuth that this operation does not have (botocore's lists).
        if error.kind == "MFAMethodNotFoundException" {
            error.kind = "InvalidUserPoolConfigurationException".into();
        }
        error
    })
}
