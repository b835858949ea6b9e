//! What follows when something has been proven.

use super::browsers::Step;
use super::flow::Flow;
use super::go_to::go_to;
use super::visit::Visit;
use super::{mfa_choice, page_paths};
use crate::core::directory::{Attempt, NextStep, Target, UserPool, UserStatus};
use crate::core::services::triggers;
use crate::core::wire::error::{ServiceError, invalid, not_authorized, user_not_found};
use crate::core::wire::http::HttpResponse;

/// The next page, or back to the app.
///
/// # Errors
/// Why this user may not sign in now.
pub(super) fn go_on(
    visit: &mut Visit<'_>,
    flow: &Flow,
    login: &str,
    attempt: Attempt,
) -> Result<HttpResponse, ServiceError> {
    let pool = visit.pools.get(&flow.pool_id)?;
    let attempt = aimed(pool, flow, attempt)?;
    let user = pool.find(&attempt.username).filter(|user| user.enabled);
    if user.is_some_and(|user| user.status == UserStatus::Unconfirmed) {
        let step = Step::Confirm { login: login.to_owned(), signs_in: Some(attempt) };
        return Ok(go_to(visit, flow, "/confirmUser", step));
    }
    Ok(match pool.next_step(&attempt, visit.context.now_ms)? {
        NextStep::Nothing => finish(visit, flow, &attempt)?,
        // No page names a device (Developer Guide, "Working with user devices in your user pool": the API only).
        NextStep::DeviceSrp => return Err(not_authorized("Invalid session for the user.")),
        NextStep::NewPassword => go_to(visit, flow, "/changePassword", Step::NewPassword { attempt }),
        NextStep::Mfa(factor) => mfa_choice::ask(visit, flow, attempt, factor)?,
        NextStep::SelectMfa(choices) => {
            go_to(visit, flow, "/mfa", Step::MfaChoice { attempt, choices, sets_up: false })
        }
        NextStep::SetUpMfa(choices) => mfa_choice::set_up(visit, flow, attempt, choices)?,
    })
}

/// Gives a sign-in the level that the app asked for: the first one that goes on from what was proven.
fn aimed(pool: &UserPool, flow: &Flow, attempt: Attempt) -> Result<Attempt, ServiceError> {
    let (Some(first), Some(user), None) = (attempt.first, pool.find(&attempt.username), &attempt.target) else {
        return Ok(attempt);
    };
    if flow.levels.is_empty() {
        return Ok(attempt);
    }
    let level = flow.levels.iter().copied().find(|level| pool.leads_to(first, *level, user));
    let level =
        level.ok_or_else(|| invalid("The app asks for a stronger way to sign in, which you have not set up."))?;
    Ok(Attempt { target: Some(Target { level, credited: Vec::new() }), ..attempt })
}

/// Signs the browser in and goes back to the app.
fn finish(visit: &mut Visit<'_>, flow: &Flow, attempt: &Attempt) -> Result<HttpResponse, ServiceError> {
    let pool = visit.pools.get(&flow.pool_id)?;
    let user = pool.find(&attempt.username).ok_or_else(user_not_found)?;
    triggers::post_authentication(pool, user, None, &mut visit.context)?;
    visit.sign_in(flow, &attempt.username, attempt.proof());
    if flow.leads_to(page_paths::PATH) {
        return Ok(HttpResponse::redirect(&flow.address(page_paths::PATH)));
    }
    Ok(flow.complete(visit, &attempt.username, visit.context.now_ms / 1000))
}
