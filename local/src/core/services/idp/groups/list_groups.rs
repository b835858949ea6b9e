//! `ListGroups`.

use serde::Deserialize;
use serde_json::Value;

use super::pages::page_length;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::services::idp::page::{page, place};
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    limit: Option<usize>,
    next_token: Option<String>,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let list = format!("groups {}", pool.id);
    let place: Option<String> = place(&list, input.next_token.as_deref())?;
    let groups = pool.groups.after(place.as_deref()).map(|group| (group.name(), group.shown(&pool.id)));
    Ok(page(&list, page_length(input.limit), groups).reply("Groups", "NextToken"))
}
