//! `CompleteWebAuthnRegistration`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    credential: Value,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    bearer.pool.finish_passkey(&bearer.username, &bearer.client_id, &input.credential, context.now_ms)?;
    Ok(json!({}))
}
