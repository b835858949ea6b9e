//! `SetUserPoolSessionConfiguration`.

use serde::Deserialize;
use serde_json::Value;

use super::get_user_pool_session_configuration::shown;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_session_tracking: Tracking,
    token_session: TokenSession,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
enum Tracking {
    Disabled,
    Enabled,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TokenSession {
    max_per_user: usize,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.settings.check_session_tracking()?;
    pool.session_tracking.enabled = input.user_session_tracking == Tracking::Enabled;
    pool.session_tracking.most_per_user = input.token_session.max_per_user;
    Ok(shown(pool))
}
