//! `DeleteUserPoolDomain`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Domain, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    domain: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.domain_mut(&input.domain).ok_or_else(|| not_found("No such domain or user pool exists."))?;
    let is_other = |domain: &Domain| domain.name != input.domain;
    pool.domain = pool.domain.take().filter(is_other);
    pool.custom_domain = pool.custom_domain.take().filter(is_other);
    Ok(json!({}))
}
