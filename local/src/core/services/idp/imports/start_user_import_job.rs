//! `StartUserImportJob`.

use serde::Deserialize;
use serde_json::Value;

use super::jobs::shown;
use crate::core::directory::{UserPool, unmet};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    job_id: String,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    // "If the user pool has no auto-verified attributes, the import job will not start" ("Importing users into user pools from a CSV file").
    let verifies = ["email", "phone_number"].into_iter().any(|attribute| pool.settings.verifies(attribute));
    let is_busy = pool.imports_now();
    let job = pool.imports.get(&input.job_id)?;
    if !verifies {
        return Err(unmet("The user pool has no attributes that are verified automatically."));
    }
    if is_busy {
        return Err(unmet("Another import job of the user pool is running."));
    }
    job.start(context.now_ms)?;
    shown(pool, &input.job_id, context)
}
