//! The three triggers of CUSTOM_AUTH (Developer Guide, "Custom authentication challenge Lambda triggers").

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::event::{Event, attributes, invoke};
use super::failure::unrecognizable;
use crate::core::directory::{AppClient, CustomAuth, Trigger, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

/// What comes next.
#[derive(Debug)]
pub(crate) enum Defined {
    Challenge(String),
    Fail,
    Tokens,
}

/// A challenge for the user.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Created {
    #[serde(rename = "publicChallengeParameters")]
    pub(crate) shown: Option<BTreeMap<String, String>>,
    #[serde(rename = "privateChallengeParameters")]
    pub(crate) hidden: Option<BTreeMap<String, String>>,
    #[serde(rename = "challengeMetadata")]
    pub(crate) metadata: Option<String>,
}

/// Asks what comes next.
///
/// # Errors
/// As [`invoke`]; `InvalidParameterException` in a pool without such a function.
pub(crate) fn define_challenge(
    pool: &UserPool,
    client: &AppClient,
    custom: &CustomAuth,
    context: &mut Context<'_>,
) -> Result<Defined, ServiceError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        challenge_name: Option<String>,
        fail_authentication: Option<bool>,
        issue_tokens: Option<bool>,
    }
    let request = json!({ "session": custom.rounds });
    let response = json!({ "challengeName": null, "issueTokens": null, "failAuthentication": null });
    let answer: Answer = ask(Trigger::DefineAuthChallenge, pool, client, custom, (request, response), context)?;
    match answer {
        Answer { fail_authentication: Some(true), .. } => Ok(Defined::Fail),
        Answer { issue_tokens: Some(true), .. } => Ok(Defined::Tokens),
        Answer { challenge_name: Some(name), .. } if !name.is_empty() => Ok(Defined::Challenge(name)),
        _ => Err(unrecognizable()),
    }
}

/// Asks for a challenge.
///
/// # Errors
/// As [`define_challenge`].
pub(crate) fn create_challenge(
    pool: &UserPool,
    client: &AppClient,
    custom: &CustomAuth,
    name: &str,
    context: &mut Context<'_>,
) -> Result<Created, ServiceError> {
    let request = json!({ "challengeName": name, "session": custom.rounds });
    let response =
        json!({ "publicChallengeParameters": null, "privateChallengeParameters": null, "challengeMetadata": null });
    ask(Trigger::CreateAuthChallenge, pool, client, custom, (request, response), context)
}

/// Asks whether an answer is right.
///
/// # Errors
/// As [`define_challenge`].
pub(crate) fn verify_answer(
    pool: &UserPool,
    client: &AppClient,
    custom: &CustomAuth,
    (hidden, answer): (&BTreeMap<String, String>, &str),
    context: &mut Context<'_>,
) -> Result<bool, ServiceError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Verified {
        answer_correct: Option<bool>,
    }
    let request = json!({ "privateChallengeParameters": hidden, "challengeAnswer": answer });
    let response = json!({ "answerCorrect": null });
    let verified: Verified =
        ask(Trigger::VerifyAuthChallengeResponse, pool, client, custom, (request, response), context)?;
    Ok(verified.answer_correct == Some(true))
}

fn ask<T: serde::de::DeserializeOwned>(
    trigger: Trigger,
    pool: &UserPool,
    client: &AppClient,
    custom: &CustomAuth,
    (mut request, response): (Value, Value),
    context: &mut Context<'_>,
) -> Result<T, ServiceError> {
    let user = pool.find(&custom.login);
    request["userAttributes"] = user.map(attributes).unwrap_or_default().into();
    if client.hides_unknown_users() {
        request["userNotFound"] = json!(user.is_none());
    }
    let source = format!("{}_Authentication", trigger.name());
    let username = user.map_or(custom.login.as_str(), |user| user.username.as_str());
    let event = Event { trigger, source: &source, username, request, response };
    let answer = invoke(pool, &event, context)?;
    answer.ok_or_else(|| invalid("Custom auth lambda trigger is not configured for the user pool."))
}
