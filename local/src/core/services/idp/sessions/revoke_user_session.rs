//! `RevokeUserSession`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::associated::Associated;
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    session_id: String,
    #[serde(default)]
    revoke_associated_sessions: Associated,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    bearer.check_status()?;
    let Bearer { pool, username, event_id, .. } = bearer;
    // "You can't revoke the session that the calling access token belongs to" (RevokeUserSession).
    if pool.session_id(&event_id) == Some(input.session_id.as_str()) {
        return Err(invalid("The current session can't be revoked."));
    }
    let linked = input.revoke_associated_sessions == Associated::Linked;
    pool.revoke_session(&username, &input.session_id, linked, context.now_ms)?;
    Ok(json!({}))
}
