//! `DeleteUserPoolDomain`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    domain: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    if pool.domain.as_ref().is_none_or(|domain| domain.prefix != input.domain) {
        return Err(not_found("No such domain or user pool exists."));
    }
    pool.domain = None;
    Ok(json!({}))
}
