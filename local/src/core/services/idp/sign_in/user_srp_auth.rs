//! The flow USER_SRP_AUTH and the challenge PASSWORD_VERIFIER.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use num_bigint::BigUint;
use serde_json::{Value, json};

use super::next as sign_in;
use super::parameters::{Parameters, only, only_answers, optional, required};
use crate::core::directory::{AppClient, AuthSession, Step, UserPool};
use crate::core::services::idp::Context;
use crate::core::srp::{Challenge, Claim, Verifier, hex, parse_public_value, random_public_value};
use crate::core::wire::date::parse_srp_timestamp;
use crate::core::wire::error::{ServiceError, invalid, not_authorized, wrong_password};
use crate::core::world::random::Random;

/// How far a client's clock may be off. AWS does not say how far.
const TOLERANCE_MS: u64 = 5 * 60 * 1000;

/// Answers with the challenge PASSWORD_VERIFIER; for a user who does not exist with a simulated one, where the client asks for that.
pub(crate) fn start(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    // cognito-srp-helper's users send CHALLENGE_NAME here too, and real Cognito lets them.
    only(parameters, "AuthParameters", &["USERNAME", "SRP_A", "SECRET_HASH", "CHALLENGE_NAME"])?;
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
    let secret_block = context.random.base64::<1200>();
    let session = AuthSession {
        client_id: client.id.clone(),
        username: username.clone(),
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

/// Checks the answer to PASSWORD_VERIFIER. A secret block is good for one answer, right or wrong.
pub(crate) fn verify(
    pool: &mut UserPool,
    client: &AppClient,
    responses: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(responses)?;
    let login = required(responses, "USERNAME")?;
    let secret_block = required(responses, "PASSWORD_CLAIM_SECRET_BLOCK")?;
    let signature = required(responses, "PASSWORD_CLAIM_SIGNATURE")?;
    let timestamp = required(responses, "TIMESTAMP")?;
    client.check_secret_hash(login, optional(responses, "SECRET_HASH"))?;
    let at_ms = parse_srp_timestamp(timestamp)
        .ok_or_else(|| invalid("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english"))?;

    let session = pool.sessions.take(secret_block, &client.id, context.now_ms)?;
    let username = session.username;
    if login != username && pool.find(login).is_none_or(|user| user.username != username) {
        return Err(wrong_password());
    }
    if pool.lockout(&username).is_locked(context.now_ms) {
        return Err(not_authorized("Password attempts exceeded"));
    }
    let Step::PasswordVerifier { challenge, client_public } = session.step else {
        return Err(not_authorized("Invalid session for the user."));
    };
    let verifier = pool.find(&username).and_then(|user| user.verifier.as_ref());
    let key = challenge.zip(verifier).and_then(|(challenge, verifier)| challenge.session_key(verifier, &client_public));
    let block = STANDARD.decode(secret_block).unwrap_or_default();
    let claim = Claim { pool_name: pool.name(), username: &username, secret_block: &block, timestamp };
    let signature = STANDARD.decode(signature).unwrap_or_default();
    let signed = key.is_some_and(|key| claim.is_signed_by(&key, &signature));
    if !signed || at_ms.abs_diff(context.now_ms) > TOLERANCE_MS {
        pool.lockout(&username).fail(context.now_ms);
        return Err(wrong_password());
    }
    pool.forgive(&username);
    sign_in::go_on(pool, client, &username, context)
}

fn draw(verifier: &Verifier, random: &mut Random) -> (Challenge, BigUint) {
    loop {
        if let Some(challenge) = Challenge::new(verifier, &random.bytes::<32>()) {
            let public = challenge.public().clone();
            return (challenge, public);
        }
    }
}
