//! `AdminInitiateAuth`.

use serde::Deserialize;
use serde_json::Value;

use super::flows::{self, Request};
use super::parameters::Parameters;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, client_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    auth_flow: String,
    #[serde(default)]
    auth_parameters: Parameters,
    session: Option<String>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let client = pool.client(&input.client_id).cloned().ok_or_else(|| client_not_found(&input.client_id))?;
    let (parameters, session) = (&input.auth_parameters, input.session.as_deref());
    let request = Request { flow: &input.auth_flow, parameters, session };
    // Not among the flows that the API reference lists for this operation.
    flows::begin(pool, &client, request, &["USER_PASSWORD_AUTH"], context)
}
