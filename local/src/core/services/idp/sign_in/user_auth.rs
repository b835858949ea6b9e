//! The flow USER_AUTH: the user chooses the first factor (Developer Guide, "Choice-based authentication").

use serde_json::{Value, json};

use super::parameters::{Parameters, only, optional, required};
use super::{after_sign_up, code, next, srp_challenge, step_up, user_password_auth, waiting, web_authn};
use crate::core::directory::{AcrLevel, AppClient, Attempt, Factor, Step, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::registration::migrate::migrate;
use crate::core::services::triggers::Migration;
use crate::core::wire::error::{ServiceError, invalid, wrong_password};

/// The challenges that a sign-in can begin with, in the order in which AWS lists them, and what each proves.
const FIRST: [(&str, Factor); 5] = [
    ("PASSWORD_SRP", Factor::Password),
    ("PASSWORD", Factor::Password),
    ("EMAIL_OTP", Factor::EmailOtp),
    ("SMS_OTP", Factor::SmsOtp),
    ("WEB_AUTHN", Factor::Passkey),
];

const PARAMETERS: [&str; 9] = [
    "ACCESS_TOKEN",
    "DEVICE_KEY",
    "MAX_AGE",
    "PASSWORD",
    "PREFERRED_CHALLENGE",
    "SECRET_HASH",
    "SRP_A",
    "TARGET_ACR_VALUES",
    "USERNAME",
];

/// Begins with the preferred challenge if the user has it, else lists the ones that the user has.
pub(super) fn start(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    session: Option<&str>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only(parameters, "AuthParameters", &PARAMETERS)?;
    if let Some(session) = session
        && let Some(reply) = after_sign_up::sign_in(pool, client, parameters, session, context)?
    {
        return Ok(reply);
    }
    let login = required(parameters, "USERNAME")?;
    client.check_secret_hash(login, optional(parameters, "SECRET_HASH"))?;
    if let (Some("PASSWORD"), Some(password)) =
        (optional(parameters, "PREFERRED_CHALLENGE"), optional(parameters, "PASSWORD"))
    {
        migrate(pool, client, login, Migration::SignIn(password), context)?;
    }
    pool.may_be_told(client, login)?;
    let username = pool.find(login).map_or_else(|| pool.simulated_user(login).1, |user| user.username.clone());
    let mut attempt = step_up::aim(pool, Attempt::new(username), login, parameters, context)?;
    // An unknown device does not matter before the first factor is proven.
    pool.name_device(&mut attempt, optional(parameters, "DEVICE_KEY")).ok();
    if attempt.first.is_some() {
        return next::go_on(pool, client, attempt, context);
    }
    let level = attempt.target.as_ref().map(|target| target.level);
    let available = available(pool, client, login, level)?;
    let preferred = optional(parameters, "PREFERRED_CHALLENGE");
    let mut reply = match preferred {
        Some(preferred) if available.contains(&preferred) => {
            begin(pool, client, login, attempt, preferred, parameters, context)?
        }
        Some(unknown) if !FIRST.iter().any(|(name, _)| *name == unknown) => {
            return Err(invalid(format!("{unknown} is not a challenge that PREFERRED_CHALLENGE can name")));
        }
        _ => {
            let session = waiting::open(pool, client, attempt, Step::SelectChallenge, context);
            json!({ "ChallengeName": "SELECT_CHALLENGE", "Session": session, "ChallengeParameters": {} })
        }
    };
    let is_first = |name: &str| name == "SELECT_CHALLENGE" || name == "PASSWORD_VERIFIER";
    let begun = reply["ChallengeName"].as_str().is_some_and(|name| is_first(name) || preferred == Some(name));
    if begun {
        reply["AvailableChallenges"] = json!(available);
    }
    Ok(reply)
}

/// Begins with a challenge that the user has, whose parameters these are.
///
/// # Errors
/// As the challenge.
pub(super) fn begin(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    attempt: Attempt,
    challenge: &str,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    match challenge {
        "EMAIL_OTP" => code::ask_first(pool, client, login, attempt, Factor::EmailOtp, context),
        "PASSWORD" => user_password_auth::check(pool, client, login, attempt, parameters, context),
        "PASSWORD_SRP" => srp_challenge::ask(pool, client, login, attempt, parameters, true, context),
        "SMS_OTP" => code::ask_first(pool, client, login, attempt, Factor::SmsOtp, context),
        "WEB_AUTHN" => Ok(web_authn::ask(pool, client, attempt, context)),
        other => Err(invalid(format!("{other} is not one of the available challenges"))),
    }
}

/// The challenges that a user can begin with, towards a level if one was asked for. A user who does not exist seems to have all that the pool has but passkeys.
///
/// # Errors
/// `NotAuthorizedException` when there is none, where the client may be told.
pub(super) fn available(
    pool: &UserPool,
    client: &AppClient,
    login: &str,
    level: Option<AcrLevel>,
) -> Result<Vec<&'static str>, ServiceError> {
    let simulated = |factor: Factor| match factor {
        Factor::Passkey => false,
        Factor::Password => true,
        code => pool.settings.allows_first_factor(code),
    };
    let has = |factor: Factor| match pool.find(login) {
        Some(user) => {
            pool.has_first_factor(user, factor) && level.is_none_or(|level| pool.leads_to(factor, level, user))
        }
        None => simulated(factor),
    };
    let names = |has: &dyn Fn(Factor) -> bool| FIRST.iter().filter(|(_, f)| has(*f)).map(|(name, _)| *name).collect();
    let available: Vec<&str> = names(&has);
    if !available.is_empty() {
        return Ok(available);
    }
    if client.hides_unknown_users() { Ok(names(&simulated)) } else { Err(wrong_password()) }
}
