//! `AdminGetUserAuthFactors`.

use serde::Deserialize;
use serde_json::Value;

use super::get_user_auth_factors::describe;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    describe(pool, &input.username)
}
