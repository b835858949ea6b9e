//! What follows when the password was right.

use super::flow::Flow;
use super::{Visit, login};
use crate::core::error::{ServiceError, not_authorized, user_disabled, wrong_password};
use crate::core::http::HttpResponse;
use crate::core::idp::sign_in::reset_required;
use crate::core::pool::UserStatus;

/// The next page, or back to the app.
///
/// # Errors
/// Why this user may not sign in now.
pub(super) fn go_on(
    visit: &mut Visit<'_>,
    flow: &Flow,
    login: &str,
    username: &str,
) -> Result<HttpResponse, ServiceError> {
    let user = visit.pools.get(&flow.pool_id)?.find(username).ok_or_else(wrong_password)?;
    if !user.enabled {
        return Err(user_disabled());
    }
    match user.status {
        UserStatus::Unconfirmed => Ok(login::confirm_first(visit, flow, login, username)),
        UserStatus::ResetRequired => Err(reset_required()),
        UserStatus::ForceChangePassword => Err(not_authorized("A new password is required")),
        UserStatus::ExternalProvider => Err(wrong_password()),
        UserStatus::Confirmed => Ok(finish(visit, flow, username)),
    }
}

/// Signs the browser in and goes back to the app.
pub(super) fn finish(visit: &mut Visit<'_>, flow: &Flow, username: &str) -> HttpResponse {
    visit.sign_in(flow, username);
    flow.complete(visit, username, visit.context.now_ms / 1000)
}
