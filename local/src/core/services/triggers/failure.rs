//! What goes wrong with a function.

use serde_json::Value;

use crate::core::directory::Trigger;
use crate::core::wire::error::ServiceError;
use crate::core::world::outbound::OutboundError;
use crate::core::world::outside::Answer;

const UNEXPECTED: &str = "UnexpectedLambdaException";
const REFUSED: &str = "UserLambdaValidationException";
const UNRECOGNIZABLE: &str = "InvalidLambdaResponseException";

/// Whether it is a function that went wrong.
pub(crate) fn is_failure(error: &ServiceError) -> bool {
    [UNEXPECTED, REFUSED, UNRECOGNIZABLE].contains(&error.kind.as_ref())
}

/// Whether a function refused.
pub(super) fn is_refusal(error: &ServiceError) -> bool {
    error.kind == REFUSED
}

/// The `response` in an answer. A function that fails answers as Lambda does: status 200, `errorMessage` and `errorType`; a plain server
/// may answer with a status of 400 or more.
///
/// # Errors
/// `UnexpectedLambdaException` without an answer, `UserLambdaValidationException` where the function failed,
/// `InvalidLambdaResponseException` for anything that is not an event.
pub(super) fn response(trigger: Trigger, answer: &Answer) -> Result<Value, ServiceError> {
    let reply = answer.as_ref().map_err(|error| no_answer(trigger, *error))?;
    let body: Result<Value, _> = serde_json::from_slice(&reply.body);
    let text = |name: &str| body.as_ref().ok().and_then(|body| body.get(name)?.as_str());
    let failed = text("errorMessage").or_else(|| text("errorType"));
    if reply.status >= 400 || failed.is_some() {
        let text = failed.or_else(|| text("message")).map_or_else(|| format!("status {}", reply.status), str::to_owned);
        return Err(refused(trigger, &text));
    }
    let response = body.ok().and_then(|mut event| Some(event.get_mut("response")?.take()));
    response.filter(|response| reply.status < 300 && response.is_object()).ok_or_else(unrecognizable)
}

/// A function that failed, with its own text.
pub(super) fn refused(trigger: Trigger, text: &str) -> ServiceError {
    ServiceError::new(REFUSED, format!("{} failed with error {text}.", trigger.name()))
}

/// An answer that is not the event, or one whose members have the wrong type.
pub(super) fn unrecognizable() -> ServiceError {
    invalid_response("Unrecognizable lambda output")
}

pub(super) fn invalid_response(text: impl Into<String>) -> ServiceError {
    ServiceError::new(UNRECOGNIZABLE, text.into())
}

/// A function that the configuration has no address for.
pub(super) fn no_address(trigger: Trigger, arn: &str) -> ServiceError {
    let text = format!(
        "{} invocation failed: poolpass-local knows no address for {arn}. Add it to the configuration: \
         [[Lambda]] Arn = \"{arn}\" Url = \"http://localhost:…\"",
        trigger.name()
    );
    ServiceError::new(UNEXPECTED, text)
}

fn no_answer(trigger: Trigger, error: OutboundError) -> ServiceError {
    let reason = match error {
        OutboundError::Connection => "the connection failed",
        OutboundError::Forbidden => "poolpass-local may not call its address",
        OutboundError::Timeout => "Socket timeout while invoking Lambda function",
        OutboundError::TooLarge => "its answer is too large",
        OutboundError::Untrusted => "this machine does not trust its certificate",
    };
    ServiceError::new(UNEXPECTED, format!("{} invocation failed due to error {reason}.", trigger.name()))
}
