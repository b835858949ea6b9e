//! `AdminListUserAuthEvents`.

use serde::Deserialize;
use serde_json::Value;

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::services::idp::page::{page, place};
use crate::core::wire::error::{ServiceError, user_not_found};

const LARGEST_PAGE: usize = 60;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    max_results: Option<usize>,
    next_token: Option<String>,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = pool.find(&input.username).ok_or_else(user_not_found)?;
    pool.check_threat_protection()?;
    let list = format!("events of {}", user.username);
    let last = place(&list, input.next_token.as_deref())?;
    // "Returns 60 events if you set MaxResults to 0, or if you don't include a MaxResults parameter" (AdminListUserAuthEvents).
    let most = input.max_results.filter(|most| *most > 0).unwrap_or(LARGEST_PAGE);
    Ok(page(&list, most, user.auth_events.shown_after(last)).reply("AuthEvents", "NextToken"))
}
