//! `AdminSetUserPassword`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{UserPool, UserStatus};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    password: String,
    #[serde(default)]
    permanent: bool,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let status = if input.permanent { UserStatus::Confirmed } else { UserStatus::ForceChangePassword };
    pool.set_password(&input.username, &input.password, status, context.random.bytes(), context.now_ms)?;
    Ok(json!({}))
}
