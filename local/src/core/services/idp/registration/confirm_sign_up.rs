//! `ConfirmSignUp`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::core::directory::{AppClient, CodeAnswer, Limit, UserPool, UserStatus};
use crate::core::service::Context;
use crate::core::services::idp::sign_in::after_sign_up;
use crate::core::services::triggers::{self, Confirmed};
use crate::core::wire::error::{
    ServiceError, alias_exists, code_expired, code_mismatch, not_authorized, username_client_not_found,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    username: String,
    confirmation_code: String,
    #[serde(default)]
    force_alias_creation: bool,
    session: Option<String>,
}

pub(crate) fn run(
    pool: &mut UserPool,
    client: &Arc<AppClient>,
    context: &mut Context<'_>,
    input: Input,
) -> Result<Value, ServiceError> {
    let (login, session) = (&input.username, input.session.as_deref());
    if let (Some(session), Some(user)) = (session, pool.find(login)) {
        after_sign_up::check(pool, client, &user.username, session, context)?;
    }
    let verified = confirm(pool, client, login, &input.confirmation_code, input.force_alias_creation, context)?;
    let Some(session) = session else { return Ok(json!({})) };
    Ok(json!({ "Session": after_sign_up::go_on(pool, client, &verified, session, context)? }))
}

/// Confirms a sign-up with the code that was sent: the attribute that this verifies.
///
/// # Errors
/// As the operation, but for the secret hash.
pub(crate) fn confirm(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    given: &str,
    by_force: bool,
    context: &mut Context<'_>,
) -> Result<String, ServiceError> {
    let Some(user) = pool.find_mut(login) else {
        return Err(if client.hides_unknown_users() { code_expired() } else { username_client_not_found() });
    };
    check_unconfirmed(user.status)?;
    user.calls.count(Limit::ConfirmSignUp, context.now_ms)?;
    let code = user.code.as_ref().ok_or_else(code_expired)?;
    match code.check(given, context.now_ms) {
        CodeAnswer::Right => {}
        CodeAnswer::Wrong => return Err(code_mismatch()),
        CodeAnswer::Expired => return Err(code_expired()),
    }
    let (username, verified) = (user.username.clone(), code.attribute.clone());
    claim_alias(pool, &username, &verified, by_force)?;
    claim_alias(pool, &username, "preferred_username", by_force)?;
    if let Some(user) = pool.find_mut(&username) {
        user.attributes.insert(format!("{verified}_verified"), "true".into());
        (user.status, user.code, user.modified_ms) = (UserStatus::Confirmed, None, context.now_ms);
    }
    triggers::post_confirmation(pool, Confirmed::SignUp, &username, context)?;
    Ok(verified)
}

/// # Errors
/// `NotAuthorizedException` for a user in any other state.
pub(crate) fn check_unconfirmed(status: UserStatus) -> Result<(), ServiceError> {
    match status {
        UserStatus::Unconfirmed => Ok(()),
        _ => Err(not_authorized(format!("User cannot be confirmed. Current status is {}", status.name()))),
    }
}

/// Sees to it that nobody else answers to an alias of this user.
///
/// # Errors
/// `AliasExistsException` unless it is to be moved by force.
fn claim_alias(pool: &mut UserPool, username: &str, attribute: &str, by_force: bool) -> Result<(), ServiceError> {
    let value = pool.find(username).and_then(|user| user.attributes.get(attribute));
    let holder = value.and_then(|value| pool.alias_holder(attribute, value, username)).map(str::to_owned);
    match holder {
        None => Ok(()),
        Some(_) if !by_force => Err(alias_exists(attribute)),
        Some(holder) => {
            pool.release_alias(attribute, &holder);
            Ok(())
        }
    }
}
