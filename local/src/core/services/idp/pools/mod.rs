//! User pools.

mod create_user_pool;
mod delete_user_pool;
mod describe_user_pool;
mod list_user_pools;

use serde_json::Value;

use super::dispatch::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CreateUserPool" => run.with(create_user_pool::run),
        "DeleteUserPool" => run.with(delete_user_pool::run),
        "DescribeUserPool" => run.in_pool(describe_user_pool::run),
        "ListUserPools" => run.with(list_user_pools::run),
        _ => return None,
    })
}
