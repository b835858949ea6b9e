//! `AdminListUserSessions`.

use serde::Deserialize;
use serde_json::Value;

use super::list_user_sessions::reply;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    next_token: Option<String>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let username = pool.find(&input.username).ok_or_else(user_not_found)?.username.clone();
    reply(pool.sessions_of(&username, None, context.now_ms), &username, input.next_token.as_deref())
}
