//! `UpdateGroup`.

use serde_json::{Value, json};

use super::create_group::check_precedence;
use super::pages::group_not_found;
use crate::core::directory::{GroupSettings, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// What is not given stays as it is: Terraform's `aws_cognito_user_group` sends only what has changed.
pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, given: GroupSettings) -> Result<Value, ServiceError> {
    check_precedence(given.precedence)?;
    let group = pool.groups.get_mut(&given.group_name).ok_or_else(group_not_found)?;
    let settings = &mut group.settings;
    settings.description = given.description.or_else(|| settings.description.take());
    settings.precedence = given.precedence.or(settings.precedence);
    settings.role_arn = given.role_arn.or_else(|| settings.role_arn.take());
    group.modified_ms = context.now_ms;
    Ok(json!({ "Group": group.shown(&pool.id) }))
}
