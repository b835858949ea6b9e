//! `ListUsersInGroup`.

use serde::Deserialize;
use serde_json::Value;

use super::pages::{group_not_found, page_length};
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::services::idp::page::{page, place};
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    group_name: String,
    limit: Option<usize>,
    next_token: Option<String>,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let name = &input.group_name;
    pool.groups.get(name).ok_or_else(group_not_found)?;
    let list = format!("members {} {name}", pool.id);
    let place = place(&list, input.next_token.as_deref())?;
    let users = pool.members_after(name, place.as_ref()).map(|(place, user)| (place, user.user_type(|_| true)));
    Ok(page(&list, page_length(input.limit), users).reply("Users", "NextToken"))
}
