//! Performing an operation of the table.

use crate::error::{Error, Reason, ServiceError};
use crate::idp::{Caller, Effect, Operation};
use crate::json::Value;
use crate::platform::{Platform, Request};
use crate::retry::send_with_retry;
use crate::session::{Core, Session};

/// Sends the operation with an input, and returns its output.
pub(crate) async fn perform<P: Platform>(
    core: &Core,
    platform: &P,
    operation: &Operation,
    input: &Value,
) -> Result<Value, Error> {
    operation.check(input)?;
    let mut session = match operation.caller {
        Caller::App => None,
        Caller::User => Some(core.fresh(platform, false).await?),
    };
    let mut is_repeated = false;
    let response = loop {
        let request = request(core, operation, session.as_deref(), input)?;
        match (send_with_retry(platform, request, operation.retry).await, &session) {
            // Rejected although fresh by our clock: a refresh returns a valid token or ends the session.
            (Err(error), Some(rejected)) if !is_repeated && is_about_the_token(&error) => {
                session = Some(core.fresh_after_rejection(platform, Some(rejected.fingerprint())).await?);
                is_repeated = true;
            }
            (result, _) => break result?,
        }
    };
    let output = operation.read(&response)?;
    if let Some(session) = &session {
        match operation.effect {
            // The user may have signed out meanwhile.
            Effect::Reads => core.ensure_current(platform, session).await?,
            Effect::Changes => {}
            Effect::EndsSession => {
                core.end(platform, Some(session)).await;
                core.settle_end(platform, Some(session)).await?;
            }
        }
    }
    Ok(output)
}

fn request(core: &Core, operation: &Operation, session: Option<&Session>, input: &Value) -> Result<Request, Error> {
    if let Some(session) = session {
        return Ok(operation.request(session.pool().idp_url(), session.access_token().expose_secret(), input));
    }
    let pool = core.config.require_user_pool()?;
    Ok(operation.request(pool.idp_url(), pool.client_id(), input))
}

/// Whether the service rejected the access token.
fn is_about_the_token(error: &Error) -> bool {
    let reason = error.service().and_then(ServiceError::reason);
    matches!(reason, Some(Reason::AccessExpired | Reason::AccessRevoked))
}
