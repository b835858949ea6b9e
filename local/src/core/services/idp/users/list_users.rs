//! `ListUsers`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{UserFilter, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::page::{page, place};
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    attributes_to_get: Option<Vec<String>>,
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
    let shown =
        |name: &str| input.attributes_to_get.as_ref().is_none_or(|names| names.iter().any(|asked| asked == name));
    let most = input.limit.filter(|limit| *limit > 0).unwrap_or(LARGEST_PAGE);
    let page = page(&list, most, pool.users_after(filter.as_ref(), place.as_ref()));
    let mut reply = json!({ "Users": page.entries.iter().map(|user| user.user_type(shown)).collect::<Vec<_>>() });
    if let Some(token) = page.token {
        reply["PaginationToken"] = json!(token);
    }
    Ok(reply)
}
