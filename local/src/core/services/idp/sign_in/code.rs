//! The challenges that a code answers: EMAIL_OTP and SMS_OTP as the first factor; SMS_MFA, SOFTWARE_TOKEN_MFA and EMAIL_OTP as the second.

use serde_json::{Value, json};

use super::waiting;
use crate::core::directory::{AppClient, Attempt, Factor, MfaFactor, SentCode, Step, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::delivery::{Destination, send_sign_in_code};
use crate::core::wire::error::{ServiceError, user_disabled};

/// Sends a code that is the first factor, and asks for it; for a user who does not exist or has no such factor it only seems to be sent.
///
/// # Errors
/// `NotAuthorizedException` for a disabled user, where the client may be told.
pub(super) fn ask_first(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    attempt: Attempt,
    factor: Factor,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let attribute = if factor == Factor::SmsOtp { "phone_number" } else { "email" };
    let user = pool.find(login).filter(|user| pool.settings.allows_code(user, factor));
    if user.is_some_and(|user| !user.enabled) && !client.hides_unknown_users() {
        return Err(user_disabled());
    }
    let to = user.filter(|user| user.enabled).and_then(|user| Destination::first([attribute], user));
    let shown = match &to {
        Some(to) => delivery(to),
        None => delivery(&simulated(pool, login, attribute)),
    };
    // AWS's first-factor codes were seen to have eight digits.
    let sent = to.map(|to| {
        let code = context.random.text(8, b"0123456789");
        send_sign_in_code(pool, &attempt.username, to, code, client.session_ms(), context)
    });
    let sent = sent.transpose()?;
    let step = Step::FirstCode { factor, sent };
    let session = waiting::open(pool, client, attempt, step, context);
    Ok(json!({ "ChallengeName": factor.name(), "Session": session, "ChallengeParameters": shown }))
}

/// Asks for a second factor, and sends the code unless an app shows it.
pub(super) fn ask_mfa(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: Attempt,
    factor: MfaFactor,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let sent = send_mfa(pool, &attempt, factor, client.session_ms(), context)?;
    Ok(ask_for(pool, client, attempt, factor, sent, context))
}

/// Asks for the code that was sent to an address which the user is about to set up.
pub(super) fn ask_new(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: Attempt,
    address: String,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let sent = send_new(pool, &attempt, "email", address, client.session_ms(), context)?;
    Ok(ask_for(pool, client, attempt, MfaFactor::Email, Some(sent), context))
}

/// Sends a code of the second factor; `None` where an app shows it.
pub(crate) fn send_mfa(
    pool: &UserPool,
    attempt: &Attempt,
    factor: MfaFactor,
    life_ms: u64,
    context: &mut Context<'_>,
) -> Result<Option<SentCode>, ServiceError> {
    let to = pool.find(&attempt.username).and_then(|user| Destination::first(factor.attribute(), user));
    let Some(to) = to else { return Ok(None) };
    let code = context.random.code();
    send_sign_in_code(pool, &attempt.username, to, code, life_ms, context).map(Some)
}

/// Sends a code to an address that the user is about to set up.
pub(crate) fn send_new(
    pool: &UserPool,
    attempt: &Attempt,
    attribute: &'static str,
    address: String,
    life_ms: u64,
    context: &mut Context<'_>,
) -> Result<SentCode, ServiceError> {
    let (to, code) = (Destination::at(attribute, address), context.random.code());
    send_sign_in_code(pool, &attempt.username, to, code, life_ms, context).map(SentCode::of_new_address)
}

fn ask_for(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: Attempt,
    factor: MfaFactor,
    sent: Option<SentCode>,
    context: &mut Context<'_>,
) -> Value {
    let mut parameters = match factor.attribute().zip(sent.as_ref()) {
        Some((attribute, sent)) => delivery(&Destination::at(attribute, sent.address.clone())),
        None => json!({}),
    };
    parameters["USER_ID_FOR_SRP"] = json!(attempt.username);
    let name = pool.find(&attempt.username).and_then(|user| user.totp.device_name());
    if let Some(name) = name.filter(|_| factor == MfaFactor::SoftwareToken) {
        parameters["FRIENDLY_DEVICE_NAME"] = json!(name);
    }
    let session = waiting::open(pool, client, attempt, Step::MfaCode { factor, sent }, context);
    json!({ "ChallengeName": factor.name(), "Session": session, "ChallengeParameters": parameters })
}

/// Where a code went.
fn delivery(to: &Destination) -> Value {
    json!({ "CODE_DELIVERY_DELIVERY_MEDIUM": to.medium(), "CODE_DELIVERY_DESTINATION": to.masked() })
}

/// Where a code would have gone: always the same place for the same name.
fn simulated(pool: &UserPool, login: &str, attribute: &'static str) -> Destination {
    let from_name = Destination::simulated(login);
    if from_name.attribute == attribute {
        return from_name;
    }
    let salt = pool.simulated_user(login).0;
    let number = salt.iter().fold(0_u64, |number, byte| (number * 256 + u64::from(*byte)) % 10_000_000);
    match attribute {
        "phone_number" => Destination::at(attribute, format!("+1555{number:07}")),
        _ => Destination::at(attribute, format!("{number}@{number}")),
    }
}
