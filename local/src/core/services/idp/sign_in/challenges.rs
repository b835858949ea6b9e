//! Every challenge, and what takes its answer.

use serde_json::Value;

use super::parameters::optional;
use super::waiting::Answer;
use super::{
    code_answer, custom_auth, device_srp_answer, mfa_setup_answer, new_password_answer, select_challenge,
    select_mfa_type_answer, user_srp_auth, web_authn,
};
use crate::core::directory::{AppClient, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::auth_events;
use crate::core::wire::error::{ServiceError, unsupported};

type Respond = fn(&mut UserPool, &AppClient, Answer<'_>, &mut Context<'_>) -> Result<Value, ServiceError>;

const CHALLENGES: [(&str, Respond); 15] = [
    ("CUSTOM_CHALLENGE", custom_auth::respond),
    ("DEVICE_PASSWORD_VERIFIER", device_srp_answer::verify),
    ("DEVICE_SRP_AUTH", device_srp_answer::respond),
    ("EMAIL_OTP", code_answer::respond),
    ("MFA_SETUP", mfa_setup_answer::respond),
    ("NEW_PASSWORD_REQUIRED", new_password_answer::respond),
    ("PASSWORD", select_challenge::respond_at_once),
    ("PASSWORD_SRP", select_challenge::respond_at_once),
    ("PASSWORD_VERIFIER", user_srp_auth::respond),
    ("SELECT_CHALLENGE", select_challenge::respond),
    ("SELECT_MFA_TYPE", select_mfa_type_answer::respond),
    ("SMS_MFA", code_answer::respond),
    ("SMS_OTP", code_answer::respond),
    ("SOFTWARE_TOKEN_MFA", code_answer::respond),
    ("WEB_AUTHN", web_authn::respond),
];

/// Takes the answer to a challenge, for the operation of a user and that of an administrator.
///
/// # Errors
/// As the operations.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let challenge = CHALLENGES.iter().find(|(name, _)| *name == answer.challenge);
    let (_, respond) = challenge.ok_or_else(|| unsupported(format_args!("the challenge {} yet", answer.challenge)))?;
    let login = optional(answer.responses, "USERNAME");
    respond(pool, client, answer, context).inspect_err(|error| auth_events::note_refusal(pool, login, error, context))
}
