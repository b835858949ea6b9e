//! Domains of the hosted UI.

mod create_user_pool_domain;
mod delete_user_pool_domain;
mod describe_user_pool_domain;
mod reply;
mod update_user_pool_domain;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CreateUserPoolDomain" => run.with(create_user_pool_domain::run),
        "DeleteUserPoolDomain" => run.in_pool(delete_user_pool_domain::run),
        "DescribeUserPoolDomain" => run.with(describe_user_pool_domain::run),
        "UpdateUserPoolDomain" => run.in_pool(update_user_pool_domain::run),
        _ => return None,
    })
}
