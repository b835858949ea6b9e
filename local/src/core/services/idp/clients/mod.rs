//! App clients.

mod create_user_pool_client;
mod describe_user_pool_client;

use serde_json::Value;

use super::dispatch::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CreateUserPoolClient" => run.in_pool(create_user_pool_client::run),
        "DescribeUserPoolClient" => run.in_pool(describe_user_pool_client::run),
        _ => return None,
    })
}
