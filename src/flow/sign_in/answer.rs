//! The user's answer to the step of a sign-in.

use std::rc::Rc;

use super::advance::Attempt;
use super::device::DeviceState;
use super::pending::{PendingSignIn, Setup};
use super::{FirstFactor, SignInStep, SignIns};
use crate::error::{EmptyField, Error, ErrorKind, Misuse, Reason, ServiceError, SignInFault};
use crate::idp::auth::{AuthReply, Challenge};
use crate::idp::challenge::{
    self, AnswerKind, EMAIL_OTP, MFA_SETUP, PASSWORD, PASSWORD_SRP, SECOND_FACTORS, SELECT_CHALLENGE,
    SOFTWARE_TOKEN_MFA, WEB_AUTHN,
};
use crate::idp::check;
use crate::platform::{Mediation, Platform};
use crate::secret::Secret;
use crate::session::{Core, fingerprint};

/// An answer to the step of a sign-in.
#[derive(Clone, Debug, Default)]
pub struct ConfirmSignIn {
    /// The code, the password, or the name of what the user chose. `TOTP`, `SMS` and `EMAIL` stand for Cognito's names too.
    pub response: Secret<String>,
    /// Attributes that a user with a temporary password must add (`NEW_PASSWORD_REQUIRED`).
    pub attributes: Vec<(String, String)>,
    /// The name of an authenticator app that is set up.
    pub friendly_device_name: Option<String>,
    /// Further members of `ChallengeResponses`, for a challenge that Poolpass does not know.
    pub responses: Vec<(String, String)>,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// Answers the step that the user is asked for, if it is the expected one.
///
/// Pressed twice, the same answer is sent once, and both calls get its result.
pub(crate) async fn confirm_sign_in<P: Platform>(
    sign_ins: &Rc<SignIns>,
    core: &Core,
    platform: &P,
    expected: Option<&PendingSignIn>,
    input: &ConfirmSignIn,
) -> Result<SignInStep, Error> {
    // A challenge that Poolpass does not know may have no answer but members of other names.
    if input.responses.is_empty() {
        check::required(EmptyField::ChallengeResponse, input.response.expose_secret().trim())?;
    }
    let step = sign_ins.step(core, platform).await?.ok_or(SignInFault::NotBegun)?;
    if expected.is_some_and(|expected| !expected.is(&step)) {
        return Err(SignInFault::Superseded.into());
    }
    let key = Answering::of(&step, input);
    if sign_ins.answering.get().is_some_and(|other| other != key) {
        return Err(SignInFault::AnswerUnderWay.into());
    }
    sign_ins.answering.set(Some(key));
    let (owned, core, platform_, input) = (Rc::clone(sign_ins), core.clone(), platform.clone(), input.clone());
    sign_ins
        .answers
        .join("", |flight| {
            platform.spawn(async move {
                let result = answer(&owned, &core, &platform_, &step, &input).await;
                owned.answering.set(None);
                owned.answers.land(&flight, result);
            });
        })
        .await
}

/// Which answer to which step is under way, by their fingerprints.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answering(i64, i64);

impl Answering {
    fn of(step: &PendingSignIn, input: &ConfirmSignIn) -> Self {
        let session = step.challenge.session.as_ref().map_or("", |session| session.expose_secret());
        Self(fingerprint(session), fingerprint(input.response.expose_secret()))
    }
}

async fn answer<P: Platform>(
    sign_ins: &SignIns,
    core: &Core,
    platform: &P,
    step: &PendingSignIn,
    input: &ConfirmSignIn,
) -> Result<SignInStep, Error> {
    let mut attempt = Attempt {
        core,
        sign_ins,
        platform,
        pool: core.config.require_user_pool()?,
        flow: step.flow,
        login_id: &step.login_id,
        username: step.username.clone(),
        client_metadata: &input.client_metadata,
        password: None,
        key: None,
        server_time_ms: None,
        mediation: Mediation::Modal,
        number: sign_ins.begun.get(),
        devices: DeviceState::default(),
        again: None,
    };
    if step.is_named {
        attempt.name_user(&step.username).await;
    } else {
        attempt.guess_device().await;
    }
    let result = take_answer(attempt, step, input).await;
    if let Err(error) = &result
        && ends_sign_in(error)
    {
        sign_ins.forget(core, platform).await;
    }
    result
}

/// Whether the sign-in has to start anew.
fn ends_sign_in(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::SignIn(SignInFault::DeviceRejected))
        || matches!(error.service().and_then(ServiceError::reason), Some(Reason::SessionExpired | Reason::SessionUsed))
}

async fn take_answer<P: Platform>(
    mut attempt: Attempt<'_, P>,
    step: &PendingSignIn,
    input: &ConfirmSignIn,
) -> Result<SignInStep, Error> {
    let text = input.response.expose_secret().as_str();
    let mut challenge = step.challenge.clone();
    let reply = match (challenge.name.as_str(), &step.setup) {
        (SELECT_CHALLENGE, Some(Setup::Password(factor))) if factor == PASSWORD_SRP => {
            let public = begin_srp(&mut attempt, &input.response)?;
            attempt.respond(&challenge, &[("ANSWER", PASSWORD_SRP), ("SRP_A", &public)]).await
        }
        (SELECT_CHALLENGE, Some(_)) => {
            check::password(text)?;
            attempt.respond(&challenge, &[("ANSWER", PASSWORD), ("PASSWORD", text)]).await
        }
        (SELECT_CHALLENGE, None) if FirstFactor::from_name(text).is_some_and(FirstFactor::needs_password) => {
            // The service takes the choice together with the password.
            return attempt.ask(challenge, Some(Setup::Password(text.to_owned()))).await;
        }
        (PASSWORD_SRP, _) => {
            let public = begin_srp(&mut attempt, &input.response)?;
            attempt.respond(&challenge, &[("SRP_A", &public)]).await
        }
        (MFA_SETUP, None) => {
            let setup = match cognito_name(text) {
                SOFTWARE_TOKEN_MFA => attempt.associate(&mut challenge).await?,
                EMAIL_OTP => Setup::Email,
                _ => return Err(Misuse::Option("challengeResponse".to_owned()).into()),
            };
            return attempt.ask(challenge, Some(setup)).await;
        }
        (MFA_SETUP, Some(Setup::Totp(_))) => {
            let code = check::code(text);
            attempt.verify_totp(&mut challenge, code.expose_secret(), input.friendly_device_name.as_deref()).await?;
            attempt.respond(&challenge, &[]).await
        }
        (MFA_SETUP, Some(_)) => attempt.respond(&challenge, &[("EMAIL", text)]).await,
        // The kit answers it, once more.
        (WEB_AUTHN, _) => Ok(AuthReply::Challenge(challenge)),
        _ => by_table(&mut attempt, &challenge, input).await,
    };
    attempt.advance(reply).await
}

/// Begins to prove a password by SRP. Returns the public value.
fn begin_srp<'a, P: Platform>(attempt: &mut Attempt<'a, P>, password: &'a Secret<String>) -> Result<String, Error> {
    check::password(password.expose_secret())?;
    attempt.password = Some(password);
    attempt.new_public_value()
}

/// The answer to a challenge that the user answers with one text.
async fn by_table<P: Platform>(
    attempt: &mut Attempt<'_, P>,
    challenge: &Challenge,
    input: &ConfirmSignIn,
) -> Result<AuthReply, Error> {
    let text = input.response.expose_secret().as_str();
    let row = challenge::find(&challenge.name);
    let code;
    let answer = match row.map(|row| row.kind) {
        Some(AnswerKind::Code) => {
            code = check::code(text);
            code.expose_secret()
        }
        Some(AnswerKind::Password) => {
            check::password(text)?;
            text
        }
        Some(AnswerKind::Factor) => cognito_name(text),
        Some(AnswerKind::Text) | None => text,
    };
    let names: Vec<String> = input.attributes.iter().map(|(name, _)| ["userAttributes.", name].concat()).collect();
    let mut answers = vec![(row.map_or("ANSWER", |row| row.answer), answer)];
    answers.retain(|(_, answer)| !answer.is_empty());
    answers.extend(names.iter().map(String::as_str).zip(input.attributes.iter().map(|(_, value)| value.as_str())));
    for (name, value) in &input.responses {
        answers.retain(|(known, _)| known != name);
        answers.push((name, value));
    }
    attempt.respond(challenge, &answers).await
}

/// Cognito's name of a second factor that may have Amplify's.
fn cognito_name(name: &str) -> &str {
    SECOND_FACTORS.iter().find(|(_, word)| *word == name).map_or(name, |(wire, _)| wire)
}
