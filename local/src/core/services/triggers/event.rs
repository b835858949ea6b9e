//! Calling a function: what all events have, and what all answers must have.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{built_in, failure};
use crate::core::directory::providers::identities_attribute;
use crate::core::directory::{TokenEvent, Trigger, User, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;
use crate::core::world::outbound::OutboundRequest;
use crate::core::world::outside::Afterwards;

/// "Your Lambda function must respond within 5 seconds. If it does not and if the call can be retried, Amazon Cognito retries the call.
/// After three unsuccessful attempts, the function times out" (Developer Guide, "Things to know about Lambda triggers").
const TIMES: usize = 3;

/// What Amazon Cognito says where no app client is involved, and about the SDK, which it does not know here.
const NO_CLIENT: &str = "CLIENT_ID_NOT_APPLICABLE";
const NO_SDK: &str = "aws-sdk-unknown-unknown";

/// A call of a function.
pub(super) struct Event<'a> {
    pub(super) trigger: Trigger,
    /// `triggerSource`.
    pub(super) source: &'a str,
    pub(super) username: &'a str,
    /// `request`, but for `clientMetadata` and `validationData`.
    pub(super) request: Value,
    /// `response`, as it is before the function fills it in.
    pub(super) response: Value,
}

impl Event<'_> {
    fn body(&self, pool: &UserPool, context: &Context<'_>) -> Value {
        let mut request = self.request.clone();
        if let Some(metadata) = client_metadata(self.trigger, context) {
            request["clientMetadata"] = metadata;
        }
        if let Some(data) = validation_data(self.trigger, context) {
            request["validationData"] = data;
        }
        let version = match (self.trigger, pool.settings.lambda_config.token_event()) {
            (Trigger::PreTokenGeneration, TokenEvent::V2) => "2",
            (Trigger::PreTokenGeneration, TokenEvent::V3) => "3",
            _ => "1",
        };
        let client_id = context.input.client_id.as_deref().unwrap_or(NO_CLIENT);
        json!({
            "version": version,
            "triggerSource": self.source,
            "region": pool.region(),
            "userPoolId": pool.id,
            "userName": self.username,
            "callerContext": { "awsSdkVersion": NO_SDK, "clientId": client_id },
            "request": request,
            "response": self.response,
        })
    }
}

/// The `response` of the function; `None` in pools that have none for this trigger.
///
/// # Errors
/// `UnexpectedLambdaException`, `UserLambdaValidationException`, `InvalidLambdaResponseException`.
pub(super) fn invoke<T: DeserializeOwned>(
    pool: &UserPool,
    event: &Event<'_>,
    context: &mut Context<'_>,
) -> Result<Option<T>, ServiceError> {
    let Some(arn) = pool.settings.lambda_config.arn(event.trigger) else { return Ok(None) };
    let body = event.body(pool, context);
    let response = if built_in::is(arn) {
        built_in::answer(event.trigger, pool, &body, context)?
    } else {
        let request = post(event.trigger, arn, &body, context)?;
        let answer = context.outside.ask_up_to(TIMES, request)?;
        failure::response(event.trigger, &answer)?
    };
    serde_json::from_value(response).map(Some).map_err(|_| failure::unrecognizable())
}

/// Calls a function when the work is done. `judged` says whether a failure of the function is the reply to the request.
///
/// # Errors
/// `UnexpectedLambdaException` where nothing answers for the function.
pub(super) fn invoke_afterwards(
    pool: &UserPool,
    event: &Event<'_>,
    judged: bool,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let Some(arn) = pool.settings.lambda_config.arn(event.trigger) else { return Ok(()) };
    let (trigger, body) = (event.trigger, event.body(pool, context));
    let request = post(trigger, arn, &body, context)?;
    let judge = move |answer: &_| if judged { failure::response(trigger, answer).map(drop) } else { Ok(()) };
    context.outside.ask_afterwards(Afterwards { request, times: TIMES, judge: Box::new(judge) });
    Ok(())
}

fn post(trigger: Trigger, arn: &str, body: &Value, context: &Context<'_>) -> Result<OutboundRequest, ServiceError> {
    let url = context.hooks.url(arn).ok_or_else(|| failure::no_address(trigger, arn))?.to_owned();
    let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    Ok(OutboundRequest { method: "POST", url, headers, body: body.to_string().into() })
}

/// `ClientMetadata`, where the operation passes it to this trigger. Those who begin a sign-in pass it only as validation data
/// (`InitiateAuthRequest`); answers to challenges don't reach messages (`RespondToAuthChallengeRequest`).
fn client_metadata(trigger: Trigger, context: &Context<'_>) -> Option<Value> {
    let sends = [Trigger::CustomEmailSender, Trigger::CustomMessage, Trigger::CustomSmsSender].contains(&trigger);
    match context.input.operation.as_str() {
        "AdminInitiateAuth" | "InitiateAuth" => None,
        "RespondToAuthChallenge" if sends => None,
        _ => context.input.client_metadata.clone(),
    }
}

/// What is only for these triggers to see: `ValidationData` of a sign-up, `ClientMetadata` of a sign-in.
fn validation_data(trigger: Trigger, context: &Context<'_>) -> Option<Value> {
    match (trigger, context.input.operation.as_str()) {
        (Trigger::PreSignUp, _) => context.input.validation_data.clone(),
        (Trigger::PreAuthentication | Trigger::UserMigration, "AdminInitiateAuth" | "InitiateAuth") => {
            context.input.client_metadata.clone()
        }
        _ => None,
    }
}

/// `userAttributes` of a user.
pub(super) fn attributes(user: &User) -> Map<String, Value> {
    let mut attributes: Map<String, Value> =
        user.attributes.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    attributes.insert("sub".into(), json!(user.sub));
    attributes.insert("cognito:user_status".into(), json!(user.status.name()));
    if let Some(identities) = identities_attribute(&user.identities) {
        attributes.insert("identities".into(), json!(identities));
    }
    attributes
}
