//! The flows USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH.

use serde_json::Value;

use super::next as sign_in;
use super::parameters::{Parameters, only, optional, required};
use crate::core::directory::{AppClient, Attempt, Factor, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::registration::migrate::migrate;
use crate::core::services::triggers::Migration;
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
    check(pool, client, login, Attempt::new(login), parameters, context)
}

/// Checks a password and goes on.
///
/// # Errors
/// As [`UserPool::check_password`], and why the user may not sign in now.
pub(super) fn check(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    attempt: Attempt,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let password = required(parameters, "PASSWORD")?;
    let username = check_password(pool, client, login, password, context)?;
    let mut attempt = Attempt { username, first: Some(Factor::Password), ..attempt };
    pool.name_device(&mut attempt, optional(parameters, "DEVICE_KEY"))?;
    sign_in::go_on(pool, client, attempt, context)
}

/// Checks a password, of users too whom the pool gets to know by it: the internal user name.
///
/// # Errors
/// As [`UserPool::check_password`]; the refusals of the migration.
pub(crate) fn check_password(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    password: &str,
    context: &mut Context<'_>,
) -> Result<String, ServiceError> {
    migrate(pool, client, login, Migration::SignIn(password), context)?;
    pool.check_password(client, login, password, context.now_ms)
}
