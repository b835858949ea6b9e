//! `AdminRemoveUserFromGroup`.

use serde::Deserialize;
use serde_json::Value;

use super::pages::group_not_found;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    group_name: String,
}

/// Taking out a user who is not a member changes nothing.
pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let is_known = pool.groups.get(&input.group_name).is_some();
    let user = pool.find_mut(&input.username).ok_or_else(user_not_found)?;
    if !is_known {
        return Err(group_not_found());
    }
    user.groups.retain(|name| *name != input.group_name);
    Ok(Value::Null)
}
