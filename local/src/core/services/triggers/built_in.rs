//! The function `poolpass-custom-auth`, which runs in the emulator: sign-in by a code that is sent to the user.
//!
//! It is for the three triggers of CUSTOM_AUTH. A password comes first where the app begins with SRP. Three wrong codes end the sign-in.

use serde_json::{Value, json};

use super::failure;
use crate::core::directory::{BUILT_IN, Trigger, UserPool, masked};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;
use crate::core::world::inbox::{Medium, Message, MessageKind};

const TRIES: usize = 3;

/// Whether an ARN is that of this function.
pub(super) fn is(arn: &str) -> bool {
    arn.ends_with(BUILT_IN)
}

/// What it answers to an event.
///
/// # Errors
/// `UserLambdaValidationException` for events of other triggers.
pub(super) fn answer(
    trigger: Trigger,
    pool: &UserPool,
    event: &Value,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let request = &event["request"];
    match trigger {
        Trigger::DefineAuthChallenge => Ok(define(request)),
        Trigger::CreateAuthChallenge => Ok(create(pool, event, context)),
        Trigger::VerifyAuthChallengeResponse => {
            let right = request["privateChallengeParameters"]["code"] == request["challengeAnswer"];
            Ok(json!({ "answerCorrect": right }))
        }
        _ => Err(failure::refused(trigger, "poolpass-custom-auth is only for the triggers of CUSTOM_AUTH")),
    }
}

fn define(request: &Value) -> Value {
    let rounds = request["session"].as_array().map(Vec::as_slice).unwrap_or_default();
    let wrong = rounds.iter().filter(|round| round["challengeResult"] == false).count();
    let last = rounds.last();
    let (name, is_right) = (last.map(|round| &round["challengeName"]), last.map(|round| &round["challengeResult"]));
    let next = match name.and_then(Value::as_str) {
        _ if wrong >= TRIES => None,
        Some("SRP_A") => Some("PASSWORD_VERIFIER"),
        Some("CUSTOM_CHALLENGE") if is_right == Some(&json!(true)) => {
            return json!({ "issueTokens": true, "failAuthentication": false });
        }
        _ => Some("CUSTOM_CHALLENGE"),
    };
    json!({ "challengeName": next, "issueTokens": false, "failAuthentication": next.is_none() })
}

/// Sends a code to the mailbox or the phone of the user; the same one while they try. Who does not exist is asked for one, too.
fn create(pool: &UserPool, event: &Value, context: &mut Context<'_>) -> Value {
    let request = &event["request"];
    let rounds = request["session"].as_array().map(Vec::as_slice).unwrap_or_default();
    let known = rounds.iter().rev().find_map(|round| round["challengeMetadata"].as_str());
    let code = known.map_or_else(|| context.random.code(), str::to_owned);
    let username = event["userName"].as_str().unwrap_or_default();
    let address = ["email", "phone_number"].into_iter().find_map(|name| request["userAttributes"][name].as_str());
    if let Some(address) = address.filter(|_| known.is_none()) {
        context.inbox.send(Message {
            id: 0,
            user_pool_id: pool.id.clone(),
            username: username.into(),
            to: address.into(),
            medium: if address.contains('@') { Medium::Email } else { Medium::Sms },
            kind: MessageKind::Authentication,
            code: Some(code.clone()),
            subject: address.contains('@').then(|| "Your sign-in code".into()),
            text: format!("Your sign-in code is {code}"),
            sent_at_ms: context.now_ms,
        });
    }
    let shown = masked(address.unwrap_or(&format!("{username}@{username}")));
    json!({
        "publicChallengeParameters": { "destination": shown },
        "privateChallengeParameters": { "code": code },
        "challengeMetadata": code,
    })
}
