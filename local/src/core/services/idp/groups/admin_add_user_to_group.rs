//! `AdminAddUserToGroup`.

use serde::Deserialize;
use serde_json::Value;

use super::pages::group_not_found;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid, user_not_found};

/// "Groups per user" (Developer Guide, "Quotas in Amazon Cognito").
const MOST: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    group_name: String,
}

/// Adding a member once more changes nothing.
pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let is_known = pool.groups.get(&input.group_name).is_some();
    let user = pool.find_mut(&input.username).ok_or_else(user_not_found)?;
    if !is_known {
        return Err(group_not_found());
    }
    if !user.groups.contains(&input.group_name) {
        if user.groups.len() >= MOST {
            return Err(invalid("The user is in too many groups."));
        }
        user.groups.push(input.group_name);
    }
    Ok(Value::Null)
}
