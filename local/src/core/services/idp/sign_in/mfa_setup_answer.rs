//! The answer to this challenge.

use serde_json::Value;

use super::parameters::{only_answers, optional};
use super::waiting::{self, Answer};
use super::{code, next as sign_in};
use crate::core::directory::{AppClient, Attribute, MfaFactor, Step, UserPool, Writer};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// Goes on once the app is set up, or with a code to the address that is to be set up.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let is_kind = |step: &Step| matches!(step, Step::MfaSetUp | Step::TotpIsSetUp);
    let mut waiting = waiting::answered(pool, client, answer, is_kind, context)?;
    // An app that was set up elsewhere meanwhile does not count: this session has not shown a code of it.
    if matches!(waiting.step, Step::TotpIsSetUp) {
        pool.expect_mfa(&waiting.attempt, MfaFactor::SoftwareToken, context.now_ms)?;
        pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
        waiting.attempt.second = Some(MfaFactor::SoftwareToken);
        return sign_in::go_on(pool, client, waiting.attempt, context);
    }
    // The developer guide says "email" ("Details of MFA logic at user runtime"); Amplify sends EMAIL.
    let address = optional(answer.responses, "EMAIL").or(optional(answer.responses, "email"));
    let Some(address) = address.filter(|address| !address.is_empty()) else {
        let text = "Set up an MFA method with this session before answering MFA_SETUP";
        return Err(ServiceError::new("MFAMethodNotFoundException", text));
    };
    pool.expect_set_up(&waiting.attempt, MfaFactor::Email, context.now_ms)?;
    let given = Attribute { name: "email".into(), value: address.into() };
    pool.settings.checked_attributes(Writer::Client(client), vec![given])?;
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    code::ask_new(pool, client, waiting.attempt, address.into(), context)
}
