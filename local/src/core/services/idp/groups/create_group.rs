//! `CreateGroup`.

use serde_json::{Value, json};

use crate::core::directory::{Group, GroupSettings, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

/// "Groups per user pool" (Developer Guide, "Quotas in Amazon Cognito").
const MOST: usize = 10_000;

pub(super) fn run(
    pool: &mut UserPool,
    context: &mut Context<'_>,
    settings: GroupSettings,
) -> Result<Value, ServiceError> {
    check_precedence(settings.precedence)?;
    if pool.groups.get(&settings.group_name).is_some() {
        return Err(ServiceError::new("GroupExistsException", "A group with the name already exists."));
    }
    if pool.groups.len() >= MOST {
        return Err(ServiceError::new("LimitExceededException", "The user pool has too many groups."));
    }
    let group = Group::new(settings, context.now_ms);
    let shown = group.shown(&pool.id);
    pool.groups.put(group);
    Ok(json!({ "Group": shown }))
}

/// "The maximum Precedence value is 2^31-1" (`CreateGroupRequest`, "Precedence").
///
/// # Errors
/// `InvalidParameterException`.
pub(super) fn check_precedence(precedence: Option<u32>) -> Result<(), ServiceError> {
    let possible = precedence.is_none_or(|precedence| i32::try_from(precedence).is_ok());
    possible.then_some(()).ok_or_else(|| invalid("Precedence must be at most 2147483647"))
}
