//! `ListUserSessions`.

use serde::Deserialize;
use serde_json::Value;

use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::services::idp::page::{page, place};
use crate::core::wire::error::ServiceError;

/// `SessionsListType`.
pub(super) const LARGEST_PAGE: usize = 125;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    next_token: Option<String>,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    bearer.check_status()?;
    let sessions = bearer.pool.sessions_of(&bearer.username, Some(&bearer.event_id), context.now_ms);
    reply(sessions, &bearer.username, input.next_token.as_deref())
}

/// `ListUserSessionsResponse`.
///
/// # Errors
/// `InvalidParameterException` for a token of another list.
pub(super) fn reply(sessions: Vec<Value>, username: &str, token: Option<&str>) -> Result<Value, ServiceError> {
    let list = format!("sessions of {username}");
    let start: usize = place(&list, token)?.unwrap_or_default();
    let rest = sessions.into_iter().enumerate().skip(start).map(|(index, session)| (index + 1, session));
    Ok(page(&list, LARGEST_PAGE, rest).reply("Sessions", "NextToken"))
}
