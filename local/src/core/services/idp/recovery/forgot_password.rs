//! `ForgotPassword`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use super::reset as recovery;
use crate::core::directory::{AppClient, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
}

pub(super) fn run(
    pool: &mut UserPool,
    client: &Arc<AppClient>,
    context: &mut Context<'_>,
    input: Input,
) -> Result<Value, ServiceError> {
    let destination = recovery::start_reset(pool, client, &input.username, context)?;
    Ok(json!({ "CodeDeliveryDetails": destination.details() }))
}
