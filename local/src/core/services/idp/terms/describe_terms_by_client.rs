//! `DescribeTermsByClient`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    terms_name: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.check_has_client(&input.client_id)?;
    let id = pool.terms.find(&input.client_id, &input.terms_name);
    let id = id.ok_or_else(|| not_found(format!("Terms {} do not exist.", input.terms_name)))?;
    Ok(json!({ "Terms": pool.describe_terms(id)? }))
}
