//! The user's answer to the step of a sign-in.

use std::rc::Rc;

use super::advance::{Attempt, Choice, Next, Sending};
use super::device::DeviceState;
use super::pending::PendingSignIn;
use super::{FirstFactor, SignInStep, SignIns};
use crate::error::{EmptyField, Error, ErrorKind, Misuse, Reason, ServiceError, SignInFault};
use crate::idp::challenge::{
    self, AnswerKind, EMAIL_OTP, MFA_SETUP, PASSWORD, PASSWORD_SRP, SECOND_FACTORS, SELECT_CHALLENGE,
    SOFTWARE_TOKEN_MFA, WEB_AUTHN,
};
use crate::idp::check;
use crate::json::Writer;
use crate::platform::Platform;
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
    pub responses: Vec<(String, Secret<String>)>,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// Answers the step that the user is asked for, if it is the expected one.
///
/// Pressed twice, the same answer is sent once, and both calls get its result. It is deferred code.
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
    let loaded = platform.load_deferred().await?;
    let step = sign_ins.step(core, platform).await?.ok_or(SignInFault::NotBegun)?;
    if expected.is_some_and(|expected| !expected.is(&step)) {
        return Err(SignInFault::Superseded.into());
    }
    let key = Answering::of(&step, input);
    if sign_ins.answering.get().is_some_and(|other| other != key) {
        return Err(SignInFault::AnswerUnderWay.into());
    }
    sign_ins.answering.set(Some(key));
    let start = |flight| {
        let (sign_ins, core, input) = (Rc::clone(sign_ins), core.clone(), input.clone());
        let shared = platform.clone();
        platform.spawn(loaded.run(async move {
            let result = answer(&sign_ins, &core, &shared, &step, &input).await;
            sign_ins.answering.set(None);
            sign_ins.answers.land(&flight, result);
        }));
    };
    sign_ins.answers.join("", start).await
}

/// Which answer to which step is under way, by their fingerprints.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answering(i64, i64);

impl Answering {
    fn of(step: &PendingSignIn, input: &ConfirmSignIn) -> Self {
        Self(fingerprint(step.serialize().expose_secret()), fingerprint(input.response.expose_secret()))
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
        flow: step.flow(),
        login_id: step.login_id(),
        username: step.username().to_owned(),
        client_metadata: &input.client_metadata,
        device_name: input.friendly_device_name.as_deref(),
        password: &input.response,
        key: None,
        is_aside: false,
        number: sign_ins.begun.get(),
        devices: DeviceState { is_named: step.is_named(), is_wanted: true, ..DeviceState::default() },
        again: None,
    };
    let next = take(&mut attempt, step, input)?;
    let result = attempt.run(next).await;
    if let Err(error) = &result
        && ends_sign_in(error)
    {
        let _ = sign_ins.forget(core, platform).await;
    }
    result
}

/// Whether the sign-in has to start anew.
fn ends_sign_in(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::SignIn(SignInFault::DeviceRejected))
        || matches!(error.service().and_then(ServiceError::reason), Some(Reason::SessionExpired | Reason::SessionUsed))
}

/// What the answer leads to.
fn take<P: Platform>(attempt: &mut Attempt<'_, P>, step: &PendingSignIn, input: &ConfirmSignIn) -> Result<Next, Error> {
    let text = input.response.expose_secret().as_str();
    let challenge = step.challenge().clone();
    let mut answers = Writer::object();
    match (challenge.name(), step.choice()) {
        (SELECT_CHALLENGE, None) => match FirstFactor::from_name(text) {
            // The service takes the choice together with the password.
            Some(factor) if factor.needs_password() => return Ok(Next::ask(challenge, Choice::of(factor.as_str()))),
            _ => answers.str("ANSWER", text),
        },
        (SELECT_CHALLENGE, Some(factor)) => {
            check::password(text)?;
            answers.str("ANSWER", factor);
            if factor == PASSWORD_SRP {
                answers.str("SRP_A", &attempt.new_public_value()?);
            } else {
                answers.str(PASSWORD, text);
            }
        }
        (PASSWORD_SRP, _) => {
            check::password(text)?;
            answers.str("SRP_A", &attempt.new_public_value()?);
        }
        (MFA_SETUP, None) => match cognito_name(text) {
            SOFTWARE_TOKEN_MFA => return Ok(Next::Send(Sending::Associate(challenge))),
            EMAIL_OTP => return Ok(Next::ask(challenge, Choice::of(EMAIL_OTP))),
            _ => return Err(Misuse::Option("challengeResponse".to_owned()).into()),
        },
        (MFA_SETUP, Some(EMAIL_OTP)) => answers.str("EMAIL", text),
        (MFA_SETUP, Some(_)) => return Ok(Next::Send(Sending::Verify(challenge, check::code(text)))),
        // The browser is asked for the passkey once more.
        (WEB_AUTHN, _) if text == WEB_AUTHN => return Ok(Next::ask(challenge, Choice::default())),
        (name, _) => by_table(name, input, &mut answers)?,
    }
    Ok(Next::Send(Sending::Respond(challenge, answers)))
}

/// The answer to a challenge that the user answers with one text.
fn by_table(name: &str, input: &ConfirmSignIn, answers: &mut Writer) -> Result<(), Error> {
    let text = input.response.expose_secret().as_str();
    let row = challenge::find(name);
    // Without a name of its own an answer is `ANSWER`.
    let key = row.map_or("ANSWER", |row| row.answer);
    match row.map(|row| row.kind) {
        Some(AnswerKind::Code) => answers.secret(key, &check::code(text)),
        Some(AnswerKind::Factor) => answers.str(key, cognito_name(text)),
        Some(AnswerKind::Password) => {
            check::password(text)?;
            answers.str(key, text);
        }
        // An unknown challenge may be answered by `responses` alone.
        None if text.is_empty() => {}
        Some(AnswerKind::Text) | None => answers.str(key, text),
    }
    for (name, value) in &input.attributes {
        answers.str(&["userAttributes.", name].concat(), value);
    }
    // Of duplicate members the last counts.
    for (name, value) in &input.responses {
        answers.secret(name, value);
    }
    Ok(())
}

/// Cognito's name of a second factor that may have Amplify's.
fn cognito_name(name: &str) -> &str {
    SECOND_FACTORS.iter().find(|(_, word)| *word == name).map_or(name, |(wire, _)| wire)
}
