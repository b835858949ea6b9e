//! What users did, and what is thought of it.

mod admin_list_user_auth_events;
mod admin_update_auth_event_feedback;
mod update_auth_event_feedback;

use serde_json::Value;

use super::run::Run;
use crate::core::directory::{AuthEvent, EventType, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminListUserAuthEvents" => run.in_pool(admin_list_user_auth_events::run),
        "AdminUpdateAuthEventFeedback" => run.in_pool(admin_update_auth_event_feedback::run),
        "UpdateAuthEventFeedback" => run.in_pool(update_auth_event_feedback::run),
        _ => return None,
    })
}

/// Notes an event that has no challenges.
pub(super) fn note(pool: &mut UserPool, login: &str, kind: EventType, context: &mut Context<'_>) {
    pool.note_event(login, AuthEvent::new(context.random.uuid(), kind, Vec::new(), context.now_ms));
}

/// Notes a sign-in that came to nothing: a wrong password, or a wrong code.
pub(super) fn note_refusal(pool: &mut UserPool, login: Option<&str>, error: &ServiceError, context: &mut Context<'_>) {
    let challenges = match (error.kind.as_ref(), error.message.as_ref()) {
        ("CodeMismatchException" | "ExpiredCodeException", _) => vec![("Mfa", false)],
        ("NotAuthorizedException", "Incorrect username or password." | "Password attempts exceeded") => {
            vec![("Password", false)]
        }
        _ => return,
    };
    let event = AuthEvent::new(context.random.uuid(), EventType::SignIn, challenges, context.now_ms);
    pool.note_event(login.unwrap_or_default(), event);
}
