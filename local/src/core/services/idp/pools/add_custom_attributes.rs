//! `AddCustomAttributes`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::core::directory::{GivenAttribute, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    custom_attributes: Vec<GivenAttribute>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.check_no_import()?;
    Arc::make_mut(&mut pool.settings).add_custom_attributes(input.custom_attributes)?;
    pool.modified_ms = context.now_ms;
    Ok(json!({}))
}
