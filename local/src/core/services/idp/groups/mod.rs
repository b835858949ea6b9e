//! Groups and their members.

mod admin_add_user_to_group;
mod admin_list_groups_for_user;
mod admin_remove_user_from_group;
mod create_group;
mod delete_group;
mod get_group;
mod list_groups;
mod list_users_in_group;
mod pages;
mod update_group;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminAddUserToGroup" => run.in_pool(admin_add_user_to_group::run),
        "AdminListGroupsForUser" => run.in_pool(admin_list_groups_for_user::run),
        "AdminRemoveUserFromGroup" => run.in_pool(admin_remove_user_from_group::run),
        "CreateGroup" => run.in_pool(create_group::run),
        "DeleteGroup" => run.in_pool(delete_group::run),
        "GetGroup" => run.in_pool(get_group::run),
        "ListGroups" => run.in_pool(list_groups::run),
        "ListUsersInGroup" => run.in_pool(list_users_in_group::run),
        "UpdateGroup" => run.in_pool(update_group::run),
        _ => return None,
    })
}
