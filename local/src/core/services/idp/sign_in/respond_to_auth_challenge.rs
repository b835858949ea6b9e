//! `RespondToAuthChallenge`.

use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

use super::challenges;
use super::parameters::Parameters;
use super::waiting::Answer;
use crate::core::directory::{AppClient, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    challenge_name: String,
    session: Option<String>,
    #[serde(default)]
    challenge_responses: Parameters,
}

pub(super) fn run(
    pool: &mut UserPool,
    client: &Arc<AppClient>,
    context: &mut Context<'_>,
    input: Input,
) -> Result<Value, ServiceError> {
    let (challenge, session) = (input.challenge_name.as_str(), input.session.as_deref());
    let answer = Answer { challenge, session, responses: &input.challenge_responses };
    challenges::respond(pool, client, answer, context)
}
