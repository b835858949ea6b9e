//! The flow USER_SRP_AUTH and the challenge PASSWORD_VERIFIER.

use num_bigint::BigUint;
use serde_json::{Value, json};

use super::parameters::{Parameters, only, only_answers, optional, required};
use super::srp_exchange::{PasswordClaim, draw};
use super::waiting::{self, Answer};
use super::{custom_auth, next as sign_in};
use crate::core::directory::{AppClient, Attempt, AuthSession, Factor, Step, UserPool};
use crate::core::service::Context;
use crate::core::srp::{hex, parse_public_value, random_public_value};
use crate::core::wire::error::{ServiceError, invalid, not_authorized, wrong_password};

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
    ask(pool, client, login, Attempt::new(login), parameters, false, context)
}

/// Asks for the proof of the password, in a `Session` or by the `SECRET_BLOCK` alone; of a user who does not exist too, where the client
/// asks for that.
///
/// # Errors
/// `InvalidParameterException`, and what the client may be told about the user.
pub(super) fn ask(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    mut attempt: Attempt,
    parameters: &Parameters,
    in_session: bool,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let srp_a = required(parameters, "SRP_A")?;
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
    attempt.username.clone_from(&username);
    // An unknown device does not matter yet: clients only learn of it from PASSWORD_VERIFIER.
    pool.name_device(&mut attempt, optional(parameters, "DEVICE_KEY")).ok();
    let secret_block = context.random.base64::<1200>();
    let in_block = in_session.then(|| secret_block.clone());
    let step = Step::PasswordVerifier { challenge, client_public, secret_block: in_block };
    let mut reply = json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "SALT": hex(&salt),
            "SRP_B": hex(&public),
            "SECRET_BLOCK": secret_block,
            "USERNAME": username,
            "USER_ID_FOR_SRP": username,
        },
    });
    if in_session {
        reply["Session"] = json!(waiting::open(pool, client, attempt, step, context));
    } else {
        let (client_id, expires_ms) = (client.id.clone(), context.now_ms.saturating_add(client.session_ms()));
        pool.sessions.put(secret_block, AuthSession { client_id, attempt, expires_ms, step }, context.now_ms);
    }
    Ok(reply)
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
