//! Every challenge, and what takes its answer.

use serde_json::Value;

use super::waiting::Answer;
use super::{device_srp, mfa_setup, new_password, software_token_mfa, user_srp_auth};
use crate::core::directory::{AppClient, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::{ServiceError, unsupported};

type Respond = fn(&mut UserPool, &AppClient, Answer<'_>, &mut Context<'_>) -> Result<Value, ServiceError>;

const CHALLENGES: [(&str, Respond); 6] = [
    ("DEVICE_PASSWORD_VERIFIER", device_srp::verify),
    ("DEVICE_SRP_AUTH", device_srp::respond),
    ("MFA_SETUP", mfa_setup::respond),
    ("NEW_PASSWORD_REQUIRED", new_password::respond),
    ("PASSWORD_VERIFIER", user_srp_auth::respond),
    ("SOFTWARE_TOKEN_MFA", software_token_mfa::respond),
];

/// Takes the answer to a challenge, for the operation of a user and that of an administrator.
///
/// # Errors
/// As the operations.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    challenge: &str,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    match CHALLENGES.iter().find(|(name, _)| *name == challenge) {
        Some((_, respond)) => respond(pool, client, answer, context),
        None => Err(unsupported(format_args!("the challenge {challenge} yet"))),
    }
}
