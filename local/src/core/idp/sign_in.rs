//! What follows when the password was right.

use serde_json::{Value, json};

use super::{Context, issue, new_password};
use crate::core::error::{ServiceError, not_authorized, user_disabled, wrong_password};
use crate::core::pool::{AppClient, UserPool, UserStatus};

const DAY_MS: u64 = 24 * 3600 * 1000;

/// Tokens, or the challenge or refusal that the state of the user asks for.
pub(super) fn after_password(
    pool: &mut UserPool,
    client: &AppClient,
    username: &str,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let user = pool.find(username).ok_or_else(wrong_password)?;
    if !user.enabled {
        return Err(user_disabled());
    }
    match user.status {
        UserStatus::Unconfirmed => Err(ServiceError::new("UserNotConfirmedException", "User is not confirmed.")),
        UserStatus::ResetRequired => Err(reset_required()),
        UserStatus::ForceChangePassword => {
            let days = pool.settings.password_policy().temporary_password_validity_days;
            let expires_ms = user.temporary_since_ms.map(|since| since.saturating_add(days * DAY_MS));
            if expires_ms.is_some_and(|at| context.now_ms >= at) {
                return Err(not_authorized("Temporary password has expired and must be reset by an administrator."));
            }
            Ok(new_password::challenge(pool, client, username, context))
        }
        // Nobody gave them a password.
        UserStatus::ExternalProvider => Err(wrong_password()),
        UserStatus::Confirmed => finish(pool, client, username, context),
    }
}

/// The reply with tokens that ends every sign-in.
pub(super) fn finish(
    pool: &mut UserPool,
    client: &AppClient,
    username: &str,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let result = issue::new_grant(pool, client, username, context)?;
    Ok(json!({ "AuthenticationResult": result, "ChallengeParameters": {} }))
}

pub(crate) fn reset_required() -> ServiceError {
    ServiceError::new("PasswordResetRequiredException", "Password reset required for the user")
}
