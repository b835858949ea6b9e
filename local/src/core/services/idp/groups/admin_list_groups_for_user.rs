//! `AdminListGroupsForUser`.

use serde::Deserialize;
use serde_json::Value;

use super::pages::page_length;
use crate::core::directory::{Group, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::page::{page, place};
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    limit: Option<usize>,
    next_token: Option<String>,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = pool.find(&input.username).ok_or_else(user_not_found)?;
    let list = format!("groups of {} {}", pool.id, user.sub);
    let place: Option<String> = place(&list, input.next_token.as_deref())?;
    let mut groups: Vec<&Group> = pool.groups_of(user).collect();
    groups.sort_by_key(|group| group.name());
    let rest = groups.into_iter().filter(|group| place.as_deref().is_none_or(|place| group.name() > place));
    let rest = rest.map(|group| (group.name(), group.shown(&pool.id)));
    Ok(page(&list, page_length(input.limit), rest).reply("Groups", "NextToken"))
}
