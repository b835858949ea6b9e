//! Importing users from a CSV file.

mod create_user_import_job;
mod describe_user_import_job;
mod get_csv_header;
mod jobs;
mod list_user_import_jobs;
mod start_user_import_job;
mod stop_user_import_job;
mod upload;

use serde_json::Value;

pub(super) use jobs::run_due;
pub(crate) use upload::UserImportUploads;

use super::run::Run;
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
