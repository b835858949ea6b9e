//! `RespondToAuthChallenge`.

use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

use super::challenges;
use super::parameters::Parameters;
use super::waiting::Answer;
use crate::core::directory::{AppClient, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_authorized, unsupported};

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
    let answer = Answer { session: input.session.as_deref(), responses: &input.challenge_responses };
    challenges::respond(pool, client, &input.challenge_name, answer, context)
}
