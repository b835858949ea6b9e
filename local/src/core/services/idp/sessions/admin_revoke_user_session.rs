//! `AdminRevokeUserSession`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::associated::Associated;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    session_id: String,
    #[serde(default)]
    revoke_associated_sessions: Associated,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let username = pool.find(&input.username).ok_or_else(user_not_found)?.username.clone();
    let linked = input.revoke_associated_sessions == Associated::Linked;
    pool.revoke_session(&username, &input.session_id, linked, context.now_ms)?;
    Ok(json!({}))
}
