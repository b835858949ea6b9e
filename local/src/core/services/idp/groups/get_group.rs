//! `GetGroup`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::pages::group_not_found;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    group_name: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let group = pool.groups.get(&input.group_name).ok_or_else(group_not_found)?;
    Ok(json!({ "Group": group.shown(&pool.id) }))
}
