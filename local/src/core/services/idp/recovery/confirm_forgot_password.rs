//! `ConfirmForgotPassword`.

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
    confirmation_code: String,
    password: String,
}

pub(super) fn run(
    pool: &mut UserPool,
    client: &Arc<AppClient>,
    context: &mut Context<'_>,
    input: Input,
) -> Result<Value, ServiceError> {
    recovery::finish_reset(pool, client, &input.username, &input.confirmation_code, &input.password, context)?;
    Ok(json!({}))
}
