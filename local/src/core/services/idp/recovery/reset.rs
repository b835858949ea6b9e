//! Setting another password with a code. The API and the hosted pages do it the same way.

use crate::core::directory::{AppClient, Code, CodeAnswer, EventType, Limit, RESET_CODE_MS, UserPool, UserStatus};
use crate::core::service::Context;
use crate::core::services::idp::auth_events;
use crate::core::services::idp::delivery::{Destination, send_code};
use crate::core::services::idp::registration::migrate::migrate;
use crate::core::services::triggers::{self, Confirmed, Migration};
use crate::core::wire::error::{
    ServiceError, code_expired, code_mismatch, invalid, not_authorized, user_disabled, username_client_not_found,
};
use crate::core::world::inbox::MessageKind;

/// Sends a code to the user of a sign-in name: where it went. It is made up for users who are unknown, disabled or without a
/// verified address, if the client hides them (Developer Guide, "Managing user existence error responses").
///
/// # Errors
/// Those of `ForgotPassword`.
pub(crate) fn start_reset(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    context: &mut Context<'_>,
) -> Result<Destination, ServiceError> {
    migrate(pool, client, login, Migration::ForgotPassword, context)?;
    let name = pool.find(login).map_or_else(|| login.to_owned(), |user| user.username.clone());
    match destination(pool, login) {
        Ok(destination) => {
            pool.recovery(&name).calls.count(Limit::ForgotPassword, context.now_ms)?;
            auth_events::note(pool, &name, EventType::ForgotPassword, context);
            send(pool, &name, &destination, context)?;
            Ok(destination)
        }
        Err(Obstacle::Hideable(_)) if client.hides_unknown_users() => {
            let code = Code::new(context.random.code(), "email", RESET_CODE_MS, context.now_ms);
            let recovery = pool.recovery(&name);
            recovery.calls.count(Limit::ForgotPassword, context.now_ms)?;
            recovery.code = Some(code);
            Ok(Destination::simulated(login))
        }
        Err(obstacle) => Err(obstacle.into_error()),
    }
}

/// Sets another password by the code that [`start_reset`] sent. A wrong code or a refused password leaves the code good.
///
/// # Errors
/// Those of `ConfirmForgotPassword`.
pub(crate) fn finish_reset(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    code: &str,
    password: &str,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let user = pool.find(login);
    let refusal = match user {
        None => Some(username_client_not_found()),
        Some(user) if !user.enabled => Some(user_disabled()),
        Some(_) => None,
    };
    let username = user.map_or_else(|| login.to_owned(), |user| user.username.clone());
    if let Some(refusal) = &refusal
        && !client.hides_unknown_users()
    {
        return Err(refusal.clone());
    }
    let recovery = pool.recovery(&username);
    recovery.calls.count(Limit::ConfirmForgotPassword, context.now_ms)?;
    match recovery.code.as_ref().map(|known| known.check(code, context.now_ms)) {
        Some(CodeAnswer::Right) if refusal.is_none() => {}
        Some(CodeAnswer::Right | CodeAnswer::Wrong) => return Err(code_mismatch()),
        Some(CodeAnswer::Expired) | None => return Err(code_expired()),
    }
    pool.set_password(&username, password, UserStatus::Confirmed, context.random.bytes(), context.now_ms)?;
    triggers::post_confirmation(pool, Confirmed::ForgotPassword, &username, context)
}

/// Sends a code as an administrator wishes, whatever the limits.
///
/// # Errors
/// Those of `AdminResetUserPassword`.
pub(crate) fn reset_by_admin(
    pool: &mut UserPool,
    username: &str,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let destination = destination(pool, username).map_err(Obstacle::into_error)?;
    if let Some(user) = pool.find_mut(username) {
        (user.status, user.modified_ms) = (UserStatus::ResetRequired, context.now_ms);
    }
    send(pool, username, &destination, context)
}

/// Why a user is sent no code.
enum Obstacle {
    /// A client that hides unknown users is not told.
    Hideable(ServiceError),
    Open(ServiceError),
}

impl Obstacle {
    fn into_error(self) -> ServiceError {
        match self {
            Self::Hideable(error) | Self::Open(error) => error,
        }
    }
}

fn destination(pool: &UserPool, login: &str) -> Result<Destination, Obstacle> {
    let user = pool.find(login);
    let attribute = pool.settings.recovery_attribute(user).map_err(Obstacle::Open)?;
    let user = user.ok_or_else(|| Obstacle::Hideable(username_client_not_found()))?;
    if !user.enabled {
        return Err(Obstacle::Hideable(user_disabled()));
    }
    if !matches!(user.status, UserStatus::Confirmed | UserStatus::ResetRequired | UserStatus::Unconfirmed) {
        return Err(Obstacle::Open(not_authorized("User password cannot be reset in the current state.")));
    }
    Destination::first(attribute, user).ok_or_else(|| {
        Obstacle::Hideable(invalid(
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        ))
    })
}

fn send(pool: &mut UserPool, username: &str, to: &Destination, context: &mut Context<'_>) -> Result<(), ServiceError> {
    let code = context.random.code();
    pool.recovery(username).code = Some(Code::new(code.clone(), to.attribute, RESET_CODE_MS, context.now_ms));
    send_code(pool, username, to, MessageKind::ForgotPassword, code, context)
}
