//! The flow USER_SRP_AUTH and the challenge PASSWORD_VERIFIER.

use num_bigint::BigUint;
use serde_json::{Value, json};

use super::next as sign_in;
use super::parameters::{Parameters, only, only_answers, optional, required};
use super::srp_exchange::{PasswordClaim, draw};
use super::waiting::Answer;
use crate::core::directory::{AppClient, Attempt, AuthSession, Factor, Step, UserPool};
use crate::core::service::Context;
use crate::core::srp::{Challenge, Claim, Verifier, hex, parse_public_value, random_public_value};
use crate::core::wire::date::parse_srp_timestamp;
use crate::core::wire::error::{ServiceError, invalid, not_authorized, wrong_password};

/// Answers with the challenge PASSWORD_VERIFIER; for a user who does not exist with a simulated one, where the client asks for that.
pub(crate) fn start(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    // cognito-srp-helper's users send CHALLENGE_NAME here too, and real Cognito lets them.
    only(parameters, "AuthParameters", &["USERNAME", "SRP_A", "SECRET_HASH", "DEVICE_KEY", "CHALLENGE_NAME"])?;
    let login = required(parameters, "USERNAME")?;
    let srp_a = required(parameters, "SRP_A")?;
    client.check_secret_hash(login, optional(parameters, "SECRET_HASH"))?;
    // The user is looked up before SRP_A is looked at.
    let user = pool.may_be_told(client, login)?;
    let client_public = parse_public_value(srp_a).ok_or_else(|| invalid("SRP_A is not a valid public value"))?;
    let verifier = user.and_then(|user| Some((user.username.clone(), user.verifier.as_ref()?)));
    let (username, salt, challenge, public) = match verifier {
        Some((username, verifier)) => {
            let challenge = draw(verifier, context.random);
            (username, verifier.salt.clone(), Some(challenge.0), challenge.1)
        }
        None => {
            let (salt, username) = pool.simulated_user(login);
            (username, BigUint::from_bytes_be(&salt), None, random_public_value(&context.random.bytes::<32>()))
        }
    };
    let mut attempt = Attempt::new(username.clone());
    // An unknown device does not matter yet: clients only learn of it from PASSWORD_VERIFIER.
    pool.name_device(&mut attempt, optional(parameters, "DEVICE_KEY")).ok();
    let secret_block = context.random.base64::<1200>();
    let session = AuthSession {
        client_id: client.id.clone(),
        attempt,
        expires_ms: context.now_ms.saturating_add(client.session_ms()),
        step: Step::PasswordVerifier { challenge, client_public },
    };
    pool.sessions.put(secret_block.clone(), session, context.now_ms);
    Ok(json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "SALT": hex(&salt),
            "SRP_B": hex(&public),
            "SECRET_BLOCK": secret_block,
            "USERNAME": username,
            "USER_ID_FOR_SRP": username,
        },
    }))
}

/// Checks the answer to PASSWORD_VERIFIER. A secret block is good for one answer, right or wrong, unless only the device is unknown.
pub(crate) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    // This challenge came without a Session, so none can belong to it.
    if answer.session.is_some() {
        return Err(not_authorized("Invalid session for the user."));
    }
    let responses = answer.responses;
    only_answers(responses)?;
    let login = required(responses, "USERNAME")?;
    let claim = PasswordClaim::read(responses)?;
    client.check_secret_hash(login, optional(responses, "SECRET_HASH"))?;

    let session = pool.sessions.take(claim.secret_block, &client.id, context.now_ms)?;
    let mut attempt = session.attempt.clone();
    let username = attempt.username.clone();
    if login != username && pool.find(login).is_none_or(|user| user.username != username) {
        return Err(wrong_password());
    }
    if pool.lockout(&username).is_locked(context.now_ms) {
        return Err(not_authorized("Password attempts exceeded"));
    }
    let Step::PasswordVerifier { challenge, client_public } = &session.step else {
        return Err(not_authorized("Invalid session for the user."));
    };
    let verifier = pool.find(&username).and_then(|user| user.verifier.as_ref());
    let exchange = challenge.as_ref().zip(verifier);
    let key = exchange.and_then(|(challenge, verifier)| challenge.session_key(verifier, client_public));
    if !claim.is_true(key, pool.name(), &username, context.now_ms) {
        pool.lockout(&username).fail(context.now_ms);
        return Err(wrong_password());
    }
    pool.forgive(&username);
    attempt.first = Some(Factor::Password);
    if let Err(unknown) = pool.name_device(&mut attempt, optional(responses, "DEVICE_KEY")) {
        // aws-amplify and amazon-cognito-identity-js drop such a device and send the same secret block again.
        pool.sessions.put(claim.secret_block.to_owned(), session, context.now_ms);
        return Err(unknown);
    }
    sign_in::go_on(pool, client, attempt, context)
}
