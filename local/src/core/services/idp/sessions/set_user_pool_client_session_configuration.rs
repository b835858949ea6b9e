//! `SetUserPoolClientSessionConfiguration`.

use serde::Deserialize;
use serde_json::Value;

use super::get_user_pool_client_session_configuration::shown;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    #[serde(rename = "SSOSession")]
    sso_session: SsoSession,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SsoSession {
    max_validity_minutes: u64,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.settings.check_session_tracking()?;
    shown(pool, &input.client_id)?;
    // "Session tracking must be enabled for the user pool" (SetUserPoolClientSessionConfiguration).
    if !pool.session_tracking.enabled {
        return Err(invalid("Session tracking must be enabled for the user pool."));
    }
    pool.session_tracking.set_sso_minutes(&input.client_id, input.sso_session.max_validity_minutes);
    shown(pool, &input.client_id)
}
