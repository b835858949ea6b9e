//! `RespondToAuthChallenge`.

use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

use super::parameters::Parameters;
use super::{mfa_setup, new_password, software_token_mfa, user_srp_auth};
use crate::core::directory::{AppClient, UserPool};
use crate::core::services::idp::Context;
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
    let responses = &input.challenge_responses;
    match input.challenge_name.as_str() {
        // This challenge came without a Session, so none can belong to it.
        "PASSWORD_VERIFIER" if input.session.is_some() => Err(not_authorized("Invalid session for the user.")),
        "PASSWORD_VERIFIER" => user_srp_auth::verify(pool, client, responses, context),
        "MFA_SETUP" => mfa_setup::respond(pool, client, input.session.as_deref(), responses, context),
        "NEW_PASSWORD_REQUIRED" => new_password::respond(pool, client, input.session.as_deref(), responses, context),
        "SOFTWARE_TOKEN_MFA" => software_token_mfa::respond(pool, client, input.session.as_deref(), responses, context),
        name => Err(unsupported(format_args!("the challenge {name} yet"))),
    }
}
