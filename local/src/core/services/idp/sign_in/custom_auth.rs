//! The flow CUSTOM_AUTH and the challenge CUSTOM_CHALLENGE: the pool's own functions say what comes next, and whether an answer is right
//! (Developer Guide, "Custom authentication challenge Lambda triggers").

use serde_json::{Value, json};

use super::parameters::{Parameters, only, only_answers, optional, required};
use super::waiting::{self, Answer};
use super::{next, srp_challenge};
use crate::core::directory::{AppClient, Attempt, CustomAuth, Factor, Round, Step, UserPool};
use crate::core::service::Context;
use crate::core::services::triggers::{Created, Defined, create_challenge, define_challenge, verify_answer};
use crate::core::wire::error::{ServiceError, invalid, unsupported, wrong_password};

/// Begins with the challenge that the functions choose: the proof of the password where the app sends SRP_A.
pub(super) fn start(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only(parameters, "AuthParameters", &["USERNAME", "SRP_A", "SECRET_HASH", "DEVICE_KEY", "CHALLENGE_NAME"])?;
    let login = required(parameters, "USERNAME")?;
    client.check_secret_hash(login, optional(parameters, "SECRET_HASH"))?;
    let user = pool.may_be_told(client, login)?;
    let username = user.map_or_else(|| pool.simulated_user(login).1, |user| user.username.clone());
    let rounds = match optional(parameters, "CHALLENGE_NAME") {
        None | Some("CUSTOM_CHALLENGE") => Vec::new(),
        Some("SRP_A") => {
            required(parameters, "SRP_A")?;
            vec![Round { challenge_name: "SRP_A".into(), challenge_result: true, challenge_metadata: None }]
        }
        Some(other) => return Err(invalid(format!("{other} is not a challenge that CUSTOM_AUTH can begin with"))),
    };
    let custom = CustomAuth { login: login.to_owned(), rounds };
    let mut attempt = Attempt { custom: Some(custom), ..Attempt::new(username) };
    // An unknown device does not matter before anything is proven.
    pool.name_device(&mut attempt, optional(parameters, "DEVICE_KEY")).ok();
    go_on(pool, client, attempt, parameters, context)
}

/// Goes on after the proof of the password.
///
/// # Errors
/// As the functions want it.
pub(super) fn password_proven(
    pool: &mut UserPool,
    client: &AppClient,
    mut attempt: Attempt,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    if let Some(custom) = &mut attempt.custom {
        let round =
            Round { challenge_name: "PASSWORD_VERIFIER".into(), challenge_result: true, challenge_metadata: None };
        custom.rounds.push(round);
    }
    go_on(pool, client, attempt, &Parameters::new(), context)
}

/// Lets the functions judge an answer, right or wrong, and say what comes next.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let is_kind = |step: &Step| matches!(step, Step::Custom { .. });
    let mut waiting = waiting::answered(pool, client, answer, is_kind, context)?;
    let given = required(answer.responses, "ANSWER")?;
    let (Step::Custom { hidden, metadata }, Some(custom)) = (waiting.step, &mut waiting.attempt.custom) else {
        return Err(wrong_password());
    };
    let is_right = verify_answer(pool, client, custom, (&hidden, given), context)?;
    custom.rounds.push(Round {
        challenge_name: "CUSTOM_CHALLENGE".into(),
        challenge_result: is_right,
        challenge_metadata: metadata,
    });
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    go_on(pool, client, waiting.attempt, &Parameters::new(), context)
}

/// What the functions want next. Only what `InitiateAuth` brings can begin the proof of the password.
fn go_on(
    pool: &mut UserPool,
    client: &AppClient,
    mut attempt: Attempt,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let Some(custom) = &attempt.custom else { return Err(wrong_password()) };
    match define_challenge(pool, client, custom, context)? {
        Defined::Fail => Err(wrong_password()),
        Defined::Tokens => {
            attempt.first = Some(Factor::Custom);
            next::go_on(pool, client, attempt, context)
        }
        Defined::Challenge(name) => match name.as_str() {
            "CUSTOM_CHALLENGE" => ask(pool, client, attempt, context),
            "PASSWORD_VERIFIER" => {
                let login = custom.login.clone();
                srp_challenge::ask(pool, client, &login, attempt, parameters, true, context)
            }
            other => Err(unsupported(format_args!("the challenge {other} within CUSTOM_AUTH"))),
        },
    }
}

/// Asks what the functions want to know.
fn ask(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: Attempt,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let Some(custom) = &attempt.custom else { return Err(wrong_password()) };
    let Created { shown, hidden, metadata } = create_challenge(pool, client, custom, "CUSTOM_CHALLENGE", context)?;
    let mut parameters = json!(shown.unwrap_or_default());
    parameters["USERNAME"] = json!(attempt.username);
    let step = Step::Custom { hidden: hidden.unwrap_or_default(), metadata };
    let session = waiting::open(pool, client, attempt, step, context);
    Ok(json!({ "ChallengeName": "CUSTOM_CHALLENGE", "Session": session, "ChallengeParameters": parameters }))
}
