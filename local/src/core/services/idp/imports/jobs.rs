//! Jobs that are due, and how they are shown.

use serde_json::{Value, json};

use crate::core::directory::{ImportState, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// Imports what is due: a job runs between two requests.
pub(in crate::core::services::idp) fn run_due(pool: &mut UserPool, context: &mut Context<'_>) {
    while let Some((id, file, started_ms)) = pool.due_import(context.now_ms) {
        let at_ms = context.now_ms;
        let outcome = pool.import(&file, context.random, at_ms);
        if let Ok(job) = pool.imports.get(&id) {
            job.state = ImportState::Done { started_ms, at_ms, outcome };
        }
    }
}

/// `UserImportJob` of a reply.
pub(super) fn shown(pool: &mut UserPool, id: &str, context: &Context<'_>) -> Result<Value, ServiceError> {
    let pool_id = pool.id.clone();
    let job = pool.imports.get(id)?;
    Ok(json!({ "UserImportJob": job.shown(&pool_id, context.now_ms) }))
}
