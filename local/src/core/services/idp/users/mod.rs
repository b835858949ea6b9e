//! An administrator's view of the users.

mod admin_create_user;
mod admin_disable_user;
mod admin_enable_user;
mod admin_get_user;
mod list_users;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminCreateUser" => run.in_pool(admin_create_user::run),
        "AdminDisableUser" => run.in_pool(admin_disable_user::run),
        "AdminEnableUser" => run.in_pool(admin_enable_user::run),
        "AdminGetUser" => run.in_pool(admin_get_user::run),
        "ListUsers" => run.in_pool(list_users::run),
        _ => return None,
    })
}
