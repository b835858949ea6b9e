//! Post confirmation: welcomes users.

use serde_json::json;

use super::event::{Event, attributes, invoke_afterwards};
use crate::core::directory::{Trigger, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// What was confirmed.
#[derive(Clone, Copy)]
pub(crate) enum Confirmed {
    ForgotPassword,
    SignUp,
}

/// Tells that a user has confirmed something, once that is done. A refusal is the reply, but what was done is done.
///
/// # Errors
/// `UnexpectedLambdaException` where nothing answers for the function.
pub(crate) fn post_confirmation(
    pool: &UserPool,
    confirmed: Confirmed,
    username: &str,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let Some(user) = pool.find(username) else { return Ok(()) };
    let source = match confirmed {
        Confirmed::ForgotPassword => "PostConfirmation_ConfirmForgotPassword",
        Confirmed::SignUp => "PostConfirmation_ConfirmSignUp",
    };
    let event = Event {
        trigger: Trigger::PostConfirmation,
        source,
        username: &user.username,
        request: json!({ "userAttributes": attributes(user) }),
        response: json!({}),
    };
    invoke_afterwards(pool, &event, true, context)
}
