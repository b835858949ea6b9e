//! Terms documents of app clients.

mod create_terms;
mod delete_terms;
mod describe_terms;
mod describe_terms_by_client;
mod list_terms;
mod update_terms;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CreateTerms" => run.in_pool(create_terms::run),
        "DeleteTerms" => run.in_pool(delete_terms::run),
        "DescribeTerms" => run.in_pool(describe_terms::run),
        "DescribeTermsByClient" => run.in_pool(describe_terms_by_client::run),
        "ListTerms" => run.in_pool(list_terms::run),
        "UpdateTerms" => run.in_pool(update_terms::run),
        _ => return None,
    })
}
