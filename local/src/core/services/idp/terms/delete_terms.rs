//! `DeleteTerms`.

use serde::Deserialize;
use serde_json::Value;

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    terms_id: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.terms.remove(&input.terms_id)?;
    Ok(Value::Null)
}
