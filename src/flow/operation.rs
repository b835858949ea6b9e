//! Performing an operation of the table.

use crate::error::{Error, Misuse, Reason, ServiceError};
use crate::idp::{Caller, Credential, Effect, Operation};
use crate::json::Value;
use crate::platform::Platform;
use crate::retry::send_with_retry;
use crate::session::Core;

/// Sends the operation with an input, and returns its output.
pub(crate) async fn perform<P: Platform>(
    core: &Core,
    platform: &P,
    operation: &Operation,
    input: &Value,
) -> Result<Value, Error> {
    operation.check(input)?;
    if operation.caller != Caller::User {
        let call = core.app_call(platform, input.str("username").unwrap_or_default())?;
        let credential = if operation.caller == Caller::App { Credential::App(&call) } else { Credential::None };
        let request = operation.request(call.pool, &credential, input);
        return operation.read(&send_with_retry(platform, request, operation.retry).await?);
    }
    let mut session = core.fresh(platform, false).await?;
    let filled;
    let input = if operation.lacks_device(input) {
        let key = core.current_device_key(platform, &session).await.ok_or(Misuse::NoDevice)?;
        filled = input.clone().with_some("device", Some(Value::object([("id", key.as_str().into())])));
        &filled
    } else {
        input
    };
    let mut is_repeated = false;
    let result = loop {
        let credential = Credential::User(session.access_token());
        let request = operation.request(session.pool(), &credential, input);
        match send_with_retry(platform, request, operation.retry).await {
            // Rejected although fresh by our clock: a refresh returns a valid token or ends the session.
            Err(error) if !is_repeated && is_about_the_token(&error) => {
                session = core.fresh_after_rejection(platform, Some(session.fingerprint())).await?;
                is_repeated = true;
            }
            result => break result,
        }
    };
    let is_unknown = result.as_ref().is_err_and(|error| error.has_reason(Reason::DeviceUnknown));
    if let Some(key) = input.get("device").and_then(|device| device.str("id"))
        && (is_unknown || operation.effect == Effect::ForgetsDevice && result.is_ok())
    {
        core.forget_device(platform, session.username(), key).await;
    }
    let output = operation.read(&result?)?;
    match operation.effect {
        // The user may have signed out meanwhile.
        Effect::Reads => core.ensure_current(platform, &session).await?,
        Effect::Changes | Effect::ForgetsDevice => {}
        Effect::EndsSession => {
            core.forget_device_of(platform, &session).await;
            core.end(platform, Some(&session)).await;
            core.settle_end(platform, Some(&session)).await?;
        }
    }
    Ok(output)
}

/// Whether the service rejected the access token.
fn is_about_the_token(error: &Error) -> bool {
    let reason = error.service().and_then(ServiceError::reason);
    matches!(reason, Some(Reason::AccessExpired | Reason::AccessRevoked))
}
