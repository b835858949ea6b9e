//! The flow USER_SRP_AUTH and the challenge PASSWORD_VERIFIER.

use serde_json::Value;

use super::parameters::{Parameters, only, only_answers, optional, required};
use super::srp_exchange::PasswordClaim;
use super::waiting::Answer;
use super::{custom_auth, next as sign_in, srp_challenge};
use crate::core::directory::{AppClient, Attempt, Factor, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_authorized, wrong_password};

/// Answers with the challenge PASSWORD_VERIFIER.
pub(super) fn start(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    // cognito-srp-helper's users send CHALLENGE_NAME here too, and real Cognito lets them.
    only(parameters, "AuthParameters", &["USERNAME", "SRP_A", "SECRET_HASH", "DEVICE_KEY", "CHALLENGE_NAME"])?;
    let login = required(parameters, "USERNAME")?;
    client.check_secret_hash(login, optional(parameters, "SECRET_HASH"))?;
    srp_challenge::ask(pool, client, login, Attempt::new(login), parameters, false, context)
}

/// Checks the answer to PASSWORD_VERIFIER. A secret block is good for one answer, right or wrong, unless only the device is unknown.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let responses = answer.responses;
    only_answers(responses)?;
    let login = required(responses, "USERNAME")?;
    let claim = PasswordClaim::read(responses)?;
    client.check_secret_hash(login, optional(responses, "SECRET_HASH"))?;

    let handle = answer.session.unwrap_or(claim.secret_block);
    let session = pool.sessions.take(handle, &client.id, context.now_ms)?;
    let invalid_session = || not_authorized("Invalid session for the user.");
    let Step::PasswordVerifier { challenge, client_public, secret_block: in_session } = &session.step else {
        return Err(invalid_session());
    };
    // A challenge that came without a Session has none, and one that came with a Session has that and its block.
    let same_block = in_session.as_ref().is_none_or(|block| block == claim.secret_block);
    if answer.session.is_some() != in_session.is_some() || !same_block {
        return Err(invalid_session());
    }
    let mut attempt = session.attempt.clone();
    let username = attempt.username.clone();
    if login != username && pool.find(login).is_none_or(|user| user.username != username) {
        return Err(wrong_password());
    }
    if pool.lockout(&username).is_locked(context.now_ms) {
        return Err(not_authorized("Password attempts exceeded"));
    }
    let verifier = pool.find(&username).and_then(|user| user.verifier.as_ref());
    let exchange = challenge.as_ref().zip(verifier);
    let key = exchange.and_then(|(challenge, verifier)| challenge.session_key(verifier, client_public));
    if !claim.is_true(key, pool.name(), &username, context.now_ms) {
        pool.lockout(&username).fail(context.now_ms);
        return Err(wrong_password());
    }
    pool.forgive(&username);
    if attempt.custom.is_none() {
        attempt.first = Some(Factor::Password);
    }
    if let Err(unknown) = pool.name_device(&mut attempt, optional(responses, "DEVICE_KEY")) {
        // aws-amplify and amazon-cognito-identity-js drop such a device and send the same secret block again.
        pool.sessions.put(handle.to_owned(), session, context.now_ms);
        return Err(unknown);
    }
    if attempt.custom.is_some() {
        return custom_auth::password_proven(pool, client, attempt, context);
    }
    sign_in::go_on(pool, client, attempt, context)
}
