//! `ListUsers`.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

use crate::core::directory::{UserFilter, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::page::{page, place};
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(default)]
    attributes_to_get: Vec<String>,
    limit: Option<usize>,
    pagination_token: Option<String>,
    #[serde(default)]
    filter: String,
}

const LARGEST_PAGE: usize = 60;

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let filter = UserFilter::parse(&input.filter)?;
    // "… in an additional API request with the same parameters" (`ListUsersRequest`, "PaginationToken").
    let list = format!("users {} {}", pool.id, input.filter);
    let place = place(&list, input.pagination_token.as_deref())?;
    let wanted = BTreeSet::from_iter(input.attributes_to_get);
    let shown = |name: &str| wanted.is_empty() || wanted.contains(name);
    let most = input.limit.filter(|limit| *limit > 0).unwrap_or(LARGEST_PAGE);
    let users = pool.users_after(filter.as_ref(), place.as_ref()).map(|(place, user)| (place, user.user_type(shown)));
    let page = page(&list, most, users);
    // "Amazon Cognito returns an error if not all users in the results have set a value" (`ListUsersRequest`, "AttributesToGet").
    let has_all = |user: &Value| user["Attributes"].as_array().is_some_and(|shown| shown.len() >= wanted.len());
    if !page.entries.iter().all(has_all) {
        return Err(invalid("One or more requested attributes do not exist."));
    }
    Ok(page.reply("Users", "PaginationToken"))
}
