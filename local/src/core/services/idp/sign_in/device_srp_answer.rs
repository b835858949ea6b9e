//! The answer to this challenge.

use serde_json::{Value, json};

use super::parameters::{only_answers, optional, required};
use super::srp_exchange::{PasswordClaim, draw};
use super::waiting::{Answer, Waiting};
use super::{next as sign_in, waiting};
use crate::core::directory::{AppClient, AuthSession, Step, UserPool};
use crate::core::service::Context;
use crate::core::srp::{hex, parse_public_value};
use crate::core::wire::error::{ServiceError, invalid, not_authorized, wrong_password};

/// Takes the device's public value, and answers with DEVICE_PASSWORD_VERIFIER.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let [login, key] = [required(answer.responses, "USERNAME")?, required(answer.responses, "DEVICE_KEY")?];
    // pycognito, and amazon-cognito-identity-js before it sent a Session, name only user and device.
    let asked = pool.find(login).and_then(|user| user.devices.get(key).ok()?.challenge().map(str::to_owned));
    let session = answer.session.map(str::to_owned).or(asked);
    let answer = Answer { session: session.as_deref(), ..answer };
    let is_kind = |step: &Step| matches!(step, Step::DeviceSrp);
    let Waiting { handle, attempt, .. } = waiting::answered(pool, client, answer, is_kind, context)?;
    let client_public = parse_public_value(required(answer.responses, "SRP_A")?)
        .ok_or_else(|| invalid("SRP_A is not a valid public value"))?;
    pool.expect_device(&attempt, context.now_ms)?;
    let username = attempt.username.clone();
    let user = pool.find(&username).ok_or_else(wrong_password)?;
    let verifier = user.devices.get(key)?.verifier().ok_or_else(wrong_password)?;
    let ((challenge, public), salt) = (draw(verifier, context.random), hex(&verifier.salt));
    pool.sessions.take(handle, &client.id, context.now_ms)?;
    let secret_block = context.random.base64::<1200>();
    let next = context.random.base64url::<600>();
    let step = Step::DevicePasswordVerifier { challenge, client_public, session: next.clone() };
    let expires_ms = context.now_ms.saturating_add(client.session_ms());
    let state = AuthSession { client_id: client.id.clone(), attempt, expires_ms, step };
    pool.sessions.put(secret_block.clone(), state, context.now_ms);
    Ok(json!({
        "ChallengeName": "DEVICE_PASSWORD_VERIFIER",
        "Session": next,
        "ChallengeParameters": {
            "SALT": salt,
            "SRP_B": hex(&public),
            "SECRET_BLOCK": secret_block,
            "USERNAME": username,
            "DEVICE_KEY": key,
        },
    }))
}

/// Checks the device's password. As in the SRP of users, a secret block is good for one answer, with its session or without one.
pub(super) fn verify(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let [login, key] = [required(answer.responses, "USERNAME")?, required(answer.responses, "DEVICE_KEY")?];
    let claim = PasswordClaim::read(answer.responses)?;
    client.check_secret_hash(login, optional(answer.responses, "SECRET_HASH"))?;
    let state = pool.sessions.take(claim.secret_block, &client.id, context.now_ms)?;
    let mut attempt = state.attempt;
    let Step::DevicePasswordVerifier { challenge, client_public, session } = state.step else {
        return Err(not_authorized("Invalid session for the user."));
    };
    let user = pool.find(login).filter(|user| user.username == attempt.username);
    if user.is_none()
        || answer.session.is_some_and(|given| given != session)
        || attempt.device_key.as_deref() != Some(key)
    {
        return Err(not_authorized("Invalid session for the user."));
    }
    pool.expect_device(&attempt, context.now_ms)?;
    let device = pool.find(login).ok_or_else(wrong_password)?.devices.get(key)?;
    let shared = device.verifier().and_then(|verifier| challenge.session_key(verifier, &client_public));
    if !claim.is_true(shared, &device.name.group_key, key, context.now_ms) {
        return Err(wrong_password());
    }
    attempt.device_proven = true;
    sign_in::go_on(pool, client, attempt, context)
}
