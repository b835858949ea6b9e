//! The flows USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH.

use serde_json::Value;

use super::next as sign_in;
use super::parameters::{Parameters, only, optional, required};
use crate::core::directory::{AppClient, Attempt, Factor, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// Begins with the password of the request.
pub(super) fn start(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only(parameters, "AuthParameters", &["USERNAME", "PASSWORD", "SECRET_HASH", "DEVICE_KEY"])?;
    let login = required(parameters, "USERNAME")?;
    client.check_secret_hash(login, optional(parameters, "SECRET_HASH"))?;
    check(pool, client, login, parameters, context)
}

/// Checks a password and goes on.
///
/// # Errors
/// As [`UserPool::check_password`], and why the user may not sign in now.
pub(super) fn check(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let password = required(parameters, "PASSWORD")?;
    let username = pool.check_password(client, login, password, context.now_ms)?;
    let mut attempt = Attempt::proven(username, Factor::Password);
    pool.name_device(&mut attempt, optional(parameters, "DEVICE_KEY"))?;
    sign_in::go_on(pool, client, attempt, context)
}
