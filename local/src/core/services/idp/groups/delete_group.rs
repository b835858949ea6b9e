//! `DeleteGroup`.

use serde::Deserialize;
use serde_json::Value;

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
    pool.remove_group(&input.group_name).then_some(Value::Null).ok_or_else(group_not_found)
}
