//! Signing in right after signing up: the code that confirmed the sign-up is the first factor (Developer Guide, "Automatic sign-in with
//! OTPs"). SignUp gives a Session, ConfirmSignUp takes it and gives another, and InitiateAuth takes that.

use serde_json::Value;

use super::parameters::{Parameters, optional};
use super::{next, waiting};
use crate::core::directory::{AppClient, Attempt, Factor, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_authorized};

/// The Session of SignUp, where the pool and the client let people sign in by such codes.
pub(crate) fn begin(
    pool: &mut UserPool,
    client: &AppClient,
    username: &str,
    context: &mut Context<'_>,
) -> Option<String> {
    let possible = client.allows("USER_AUTH") && pool.settings.allows_no_password();
    possible.then(|| waiting::open(pool, client, Attempt::new(username), Step::SignUp, context))
}

/// Checks the Session that ConfirmSignUp was given.
///
/// # Errors
/// `NotAuthorizedException`.
pub(crate) fn check(
    pool: &UserPool,
    client: &AppClient,
    username: &str,
    session: &str,
    context: &Context<'_>,
) -> Result<(), ServiceError> {
    let waiting = pool.sessions.get(session, &client.id, context.now_ms)?;
    let same = matches!(waiting.step, Step::SignUp) && waiting.attempt.username == username;
    same.then_some(()).ok_or_else(|| not_authorized("Invalid session for the user."))
}

/// The Session of ConfirmSignUp, in place of the one that it was given.
///
/// # Errors
/// `NotAuthorizedException`.
pub(crate) fn go_on(
    pool: &mut UserPool,
    client: &AppClient,
    verified: &str,
    session: &str,
    context: &mut Context<'_>,
) -> Result<String, ServiceError> {
    let username = pool.sessions.take(session, &client.id, context.now_ms)?.attempt.username;
    let factor = if verified == "phone_number" { Factor::SmsOtp } else { Factor::EmailOtp };
    Ok(waiting::open(pool, client, Attempt::proven(username, factor), Step::Confirmed, context))
}

/// Signs in with the Session of ConfirmSignUp; `None` for a user who may not sign in by such a code after all.
///
/// # Errors
/// `NotAuthorizedException`; the refusals of the secret hash.
pub(super) fn sign_in(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    session: &str,
    context: &mut Context<'_>,
) -> Result<Option<Value>, ServiceError> {
    let waiting = pool.sessions.get(session, &client.id, context.now_ms)?;
    let attempt = waiting.attempt.clone();
    let login = optional(parameters, "USERNAME").unwrap_or(&attempt.username);
    client.check_secret_hash(login, optional(parameters, "SECRET_HASH"))?;
    let user = pool.find(login).filter(|user| user.username == attempt.username);
    let (Step::Confirmed, Some(user)) = (&waiting.step, user) else {
        return Err(not_authorized("Invalid session for the user."));
    };
    let allowed = attempt.first.is_some_and(|factor| pool.settings.allows_code(user, factor));
    pool.sessions.take(session, &client.id, context.now_ms)?;
    if !allowed {
        return Ok(None);
    }
    next::go_on(pool, client, attempt, context).map(Some)
}
