//! What follows when something has been proven.

use serde_json::{Value, json};

use super::{code, device_srp, issue, mfa_setup, new_password, select_mfa_type};
use crate::core::directory::{AppClient, Attempt, NextStep, UserPool};
use crate::core::service::Context;
use crate::core::services::triggers;
use crate::core::wire::error::{ServiceError, user_not_found};

/// Tokens, or the challenge or refusal that comes next. Every proof of identity, the first factor and all that follow, ends here.
pub(crate) fn go_on(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: Attempt,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    Ok(match pool.next_step(&attempt, context.now_ms)? {
        NextStep::DeviceSrp => device_srp::challenge(pool, client, attempt, context),
        NextStep::NewPassword => new_password::challenge(pool, client, attempt, context),
        NextStep::Nothing => finish(pool, client, &attempt, context)?,
        NextStep::Mfa(factor) => code::ask_mfa(pool, client, attempt, factor, context)?,
        NextStep::SelectMfa(choices) => select_mfa_type::challenge(pool, client, attempt, &choices, context),
        NextStep::SetUpMfa(choices) => mfa_setup::challenge(pool, client, attempt, &choices, context),
    })
}

/// The reply with tokens that ends every sign-in by the API.
fn finish(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: &Attempt,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let user = pool.find(&attempt.username).ok_or_else(user_not_found)?;
    let new_device = pool.settings.device_configuration.map(|_| attempt.device_key.is_none());
    triggers::post_authentication(pool, user, new_device, context)?;
    let result = issue::new_grant(pool, client, attempt, context)?;
    Ok(json!({ "AuthenticationResult": result, "ChallengeParameters": {} }))
}
