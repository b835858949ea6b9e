//! `StopUserImportJob`.

use serde::Deserialize;
use serde_json::Value;

use super::jobs::shown;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    job_id: String,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.imports.get(&input.job_id)?.stop(context.now_ms)?;
    shown(pool, &input.job_id, context)
}
