//! Importing users from a CSV file.

mod create_user_import_job;
mod describe_user_import_job;
mod get_csv_header;
mod list_user_import_jobs;
mod start_user_import_job;
mod stop_user_import_job;
mod upload;

use serde_json::{Value, json};

pub(crate) use upload::UserImportUploads;

use super::Context;
use super::run::Run;
use crate::core::directory::{ImportState, UserPool};
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CreateUserImportJob" => run.in_pool_at(create_user_import_job::run),
        "DescribeUserImportJob" => run.in_pool(describe_user_import_job::run),
        "GetCSVHeader" => run.in_pool(get_csv_header::run),
        "ListUserImportJobs" => run.in_pool(list_user_import_jobs::run),
        "StartUserImportJob" => run.in_pool(start_user_import_job::run),
        "StopUserImportJob" => run.in_pool(stop_user_import_job::run),
        _ => return None,
    })
}

/// Imports what is due: a job runs between two requests.
pub(super) fn run_due(pool: &mut UserPool, context: &mut Context<'_>) {
    while let Some((id, file, started_ms)) = pool.due_import(context.now_ms) {
        let at_ms = context.now_ms;
        let outcome = pool.import(&file, context.random, at_ms);
        if let Ok(job) = pool.imports.get(&id) {
            job.state = ImportState::Done { started_ms, at_ms, outcome };
        }
    }
}

/// `UserImportJob` of a reply.
fn shown(pool: &mut UserPool, id: &str, context: &Context<'_>) -> Result<Value, ServiceError> {
    let pool_id = pool.id.clone();
    let job = pool.imports.get(id)?;
    Ok(json!({ "UserImportJob": job.shown(&pool_id, context.now_ms) }))
}
