//! User pools.

mod add_custom_attributes;
mod create_user_pool;
mod delete_user_pool;
mod describe_user_pool;
mod get_signing_certificate;
mod list_user_pools;
mod update_user_pool;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AddCustomAttributes" => run.in_pool(add_custom_attributes::run),
        "CreateUserPool" => run.with(create_user_pool::run),
        "DeleteUserPool" => run.with(delete_user_pool::run),
        "DescribeUserPool" => run.in_pool(describe_user_pool::run),
        "GetSigningCertificate" => run.in_pool(get_signing_certificate::run),
        "ListUserPools" => run.with(list_user_pools::run),
        "UpdateUserPool" => run.in_pool(update_user_pool::run),
        _ => return None,
    })
}
