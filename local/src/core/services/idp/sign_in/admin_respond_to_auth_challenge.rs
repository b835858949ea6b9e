//! `AdminRespondToAuthChallenge`.

use serde::Deserialize;
use serde_json::Value;

use super::challenges;
use super::parameters::Parameters;
use super::waiting::Answer;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, client_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    challenge_name: String,
    session: Option<String>,
    #[serde(default)]
    challenge_responses: Parameters,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let client = pool.client(&input.client_id).cloned().ok_or_else(|| client_not_found(&input.client_id))?;
    let (challenge, session) = (input.challenge_name.as_str(), input.session.as_deref());
    let answer = Answer { challenge, session, responses: &input.challenge_responses };
    challenges::respond(pool, &client, answer, context)
}
