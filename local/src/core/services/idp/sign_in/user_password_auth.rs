//! The flow USER_PASSWORD_AUTH.

use serde_json::Value;

use super::next as sign_in;
use super::parameters::{Parameters, only, optional, required};
use crate::core::directory::{AppClient, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::ServiceError;

/// Checks the password and goes on.
pub(crate) fn start(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only(parameters, "AuthParameters", &["USERNAME", "PASSWORD", "SECRET_HASH"])?;
    let login = required(parameters, "USERNAME")?;
    let password = required(parameters, "PASSWORD")?;
    client.check_secret_hash(login, optional(parameters, "SECRET_HASH"))?;
    let username = pool.check_password(client, login, password, context.now_ms)?;
    sign_in::go_on(pool, client, &username, context)
}
