//! What follows when the password was right.

use super::Visit;
use super::browsers::Step;
use super::flow::Flow;
use crate::core::directory::{NextStep, UserStatus};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpResponse;

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
    let pool = visit.pools.get(&flow.pool_id)?;
    let user = pool.find(username).filter(|user| user.enabled);
    let username = username.to_owned();
    if user.is_some_and(|user| user.status == UserStatus::Unconfirmed) {
        let step = Step::Confirm { login: login.to_owned(), signs_in: Some(username) };
        return Ok(go_to(visit, flow, "/confirmUser", step));
    }
    Ok(match pool.next_step(&username, visit.context.now_ms)? {
        NextStep::Nothing => finish(visit, flow, &username),
        NextStep::NewPassword => go_to(visit, flow, "/changePassword", Step::NewPassword { username }),
        NextStep::TotpCode => go_to(visit, flow, "/mfa", Step::TotpCode { username, tries: 0 }),
        NextStep::TotpSetUp => {
            let secret = pool.start_totp(&username, visit.context.random.bytes())?;
            go_to(visit, flow, "/mfa", Step::TotpSetUp { username, secret })
        }
    })
}

/// Leads to another page of the flow, which knows what it is about by the step.
pub(super) fn go_to(visit: &mut Visit<'_>, flow: &Flow, path: &str, step: Step) -> HttpResponse {
    visit.set_step(flow, Some(step));
    HttpResponse::redirect(&flow.address(path))
}

/// Signs the browser in and goes back to the app.
pub(super) fn finish(visit: &mut Visit<'_>, flow: &Flow, username: &str) -> HttpResponse {
    visit.sign_in(flow, username);
    flow.complete(visit, username, visit.context.now_ms / 1000)
}
