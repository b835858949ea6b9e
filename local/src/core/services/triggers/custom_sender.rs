//! Custom e-mail and SMS sender: the function sends messages itself.

use serde_json::json;

use super::custom_message::{Draft, suffix};
use super::event::{Event, attributes, invoke_afterwards};
use crate::core::directory::{Trigger, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;
use crate::core::world::inbox::Medium;

/// Hands a message over to the function, if there is one for this medium: whether there is. Amazon Cognito does not wait for it ("Except
/// for Custom Sender Lambda triggers, Amazon Cognito invokes Lambda functions synchronously"), so its failures are nobody's.
///
/// Amazon Cognito encrypts the code for the key of `KMSKeyID`; here it is in the clear.
///
/// # Errors
/// `UnexpectedLambdaException` where nothing answers for the function.
pub(crate) fn custom_sender(
    pool: &UserPool,
    draft: &Draft<'_>,
    context: &mut Context<'_>,
) -> Result<bool, ServiceError> {
    let (trigger, version) = match draft.medium {
        Medium::Email => (Trigger::CustomEmailSender, "customEmailSenderRequestV1"),
        Medium::Sms => (Trigger::CustomSmsSender, "customSMSSenderRequestV1"),
    };
    if pool.settings.lambda_config.arn(trigger).is_none() {
        return Ok(false);
    }
    let event = Event {
        trigger,
        source: &format!("{}_{}", trigger.name(), suffix(draft.kind)),
        username: &draft.user.username,
        request: json!({ "type": version, "code": draft.secret, "userAttributes": attributes(draft.user) }),
        response: json!({}),
    };
    invoke_afterwards(pool, &event, false, context)?;
    Ok(true)
}
