//! The flow USER_PASSWORD_AUTH.

use serde_json::Value;

use super::parameters::{Parameters, only, optional, required};
use super::{Context, sign_in};
use crate::core::error::{ServiceError, not_authorized, user_not_found, wrong_password};
use crate::core::pool::{AppClient, UserPool, UserStatus};

/// Checks the password against the SRP verifier, which is all that is kept of it.
pub(super) fn start(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only(parameters, "AuthParameters", &["USERNAME", "PASSWORD", "SECRET_HASH"])?;
    let login = required(parameters, "USERNAME")?;
    let password = required(parameters, "PASSWORD")?;
    client.check_secret_hash(login, optional(parameters, "SECRET_HASH"))?;
    let username = check_password(pool, client, login, password, context)?;
    sign_in::after_password(pool, client, &username, context)
}

/// Checks a password, and counts wrong ones: the internal user name.
///
/// # Errors
/// `NotAuthorizedException`, and `UserNotFoundException` or `PasswordResetRequiredException` where the client does not hide them.
pub(crate) fn check_password(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    password: &str,
    context: &Context<'_>,
) -> Result<String, ServiceError> {
    let user = pool.find(login);
    if user.is_none() && !client.hides_unknown_users() {
        return Err(user_not_found());
    }
    let username = user.map_or_else(|| pool.simulated_user(login).1, |user| user.username.clone());
    if let Some(user) = user
        && user.verifier.is_none()
        && user.status == UserStatus::ResetRequired
        && !client.hides_unknown_users()
    {
        return Err(sign_in::reset_required());
    }
    let right = user
        .and_then(|user| user.verifier.as_ref())
        .is_some_and(|verifier| verifier.matches(pool.name(), &username, password));
    if pool.lockout(&username).is_locked(context.now_ms) {
        return Err(not_authorized("Password attempts exceeded"));
    }
    if !right {
        pool.lockout(&username).fail(context.now_ms);
        return Err(wrong_password());
    }
    pool.forgive(&username);
    Ok(username)
}
