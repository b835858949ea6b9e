//! An administrator's view of the users.

pub(super) mod admin_create_user;
mod admin_delete_user;
mod admin_delete_user_attributes;
mod admin_disable_user;
mod admin_enable_user;
mod admin_get_user;
mod admin_update_user_attributes;
mod list_users;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminCreateUser" => run.may_be_blank("TemporaryPassword").in_pool(admin_create_user::run),
        "AdminDeleteUser" => run.in_pool(admin_delete_user::run),
        "AdminDeleteUserAttributes" => run.in_pool(admin_delete_user_attributes::run),
        "AdminDisableUser" => run.in_pool(admin_disable_user::run),
        "AdminEnableUser" => run.in_pool(admin_enable_user::run),
        "AdminGetUser" => run.in_pool(admin_get_user::run),
        "AdminUpdateUserAttributes" => run.in_pool(admin_update_user_attributes::run),
        "ListUsers" => run.in_pool(list_users::run),
        _ => return None,
    })
}
