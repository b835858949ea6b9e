//! Asking for PASSWORD_VERIFIER, whatever the flow.

use num_bigint::BigUint;
use serde_json::{Value, json};

use super::parameters::{Parameters, optional, required};
use super::srp_exchange::draw;
use super::waiting;
use crate::core::directory::{AppClient, Attempt, AuthSession, Step, UserPool};
use crate::core::service::Context;
use crate::core::srp::{hex, parse_public_value, random_public_value};
use crate::core::wire::error::{ServiceError, invalid};

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
