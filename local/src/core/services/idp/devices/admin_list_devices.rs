//! `AdminListDevices`.

use serde::Deserialize;
use serde_json::Value;

use super::page::{Page, owner, page};
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    limit: Option<usize>,
    pagination_token: Option<String>,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let username = owner(pool, &input.username)?;
    page(pool, &username, &Page { limit: input.limit, pagination_token: input.pagination_token })
}
