//! What follows when the password was right.

use serde_json::{Value, json};

use super::{issue, mfa_setup, new_password, software_token_mfa};
use crate::core::directory::{AppClient, NextStep, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::ServiceError;

/// Tokens, or the challenge or refusal that the state of the user asks for.
pub(crate) fn go_on(
    pool: &mut UserPool,
    client: &AppClient,
    username: &str,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    match pool.next_step(username, context.now_ms)? {
        NextStep::NewPassword => Ok(new_password::challenge(pool, client, username, context)),
        NextStep::Nothing => finish(pool, client, username, context),
        NextStep::TotpCode => Ok(software_token_mfa::challenge(pool, client, username, context)),
        NextStep::TotpSetUp => Ok(mfa_setup::challenge(pool, client, username, context)),
    }
}

/// The reply with tokens that ends every sign-in.
pub(crate) fn finish(
    pool: &mut UserPool,
    client: &AppClient,
    username: &str,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let result = issue::new_grant(pool, client, username, context)?;
    Ok(json!({ "AuthenticationResult": result, "ChallengeParameters": {} }))
}
