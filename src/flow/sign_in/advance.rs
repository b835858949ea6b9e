//! A sign-in under way. Each reply decides what comes next: a request that the kit answers by itself, a step that the user is asked
//! for, or the session. One loop sends them all.

use std::rc::Rc;

use super::device::{DeviceState, is_about_the_device};
use super::pending::{Facts, PendingSignIn};
use super::warm_up::take_key;
use super::{AuthFlow, SignIn, SignInStep, SignIns};
use crate::aws_json;
use crate::config::UserPool;
use crate::error::{Error, ErrorKind, ResponseProblem, ServiceError, SignInFault};
use crate::event::{Event, SignInDetails};
use crate::idp::auth::{self, AuthReply, Challenge, TokenSet};
use crate::idp::challenge::{
    DEVICE_PASSWORD_VERIFIER, DEVICE_SRP_AUTH, EMAIL_OTP, MFA_SETUP, PASSWORD_VERIFIER, SOFTWARE_TOKEN_MFA,
};
use crate::idp::{AppCall, initiate_auth, respond_to_auth_challenge, software_token};
use crate::json::{Value, Writer};
use crate::platform::{Platform, Request, Response};
use crate::retry::{Retry, send_with_retry};
use crate::secret::Secret;
use crate::session::{Core, Session};
use crate::srp;

/// A sign-in under way.
pub(super) struct Attempt<'a, P> {
    pub(super) core: &'a Core,
    pub(super) sign_ins: &'a SignIns,
    pub(super) platform: &'a P,
    pub(super) pool: &'a Rc<UserPool>,
    pub(super) flow: AuthFlow,
    /// What the user typed.
    pub(super) login_id: &'a str,
    /// The user name that answers carry: the one that the service named last.
    pub(super) username: String,
    pub(super) client_metadata: &'a [(String, String)],
    /// The name of the authenticator app that is set up.
    pub(super) device_name: Option<&'a str>,
    /// The password that a `PASSWORD_VERIFIER` is answered with.
    pub(super) password: Option<&'a Secret<String>>,
    /// The key of this SRP exchange.
    pub(super) key: Option<srp::EphemeralKey>,
    /// Whether it waits for autofill, beside what else the user does. Its step is not kept.
    pub(super) is_aside: bool,
    /// Which sign-in of this client it is. A later one replaces it.
    pub(super) number: u32,
    pub(super) devices: DeviceState,
    /// What the sign-in begins with once more if the service rejects the device's proof.
    pub(super) again: Option<&'a SignIn>,
}

/// What comes next.
pub(super) enum Next {
    /// A request.
    Send(Sending),
    /// The user is asked.
    Ask(Challenge, Choice),
    /// There are tokens.
    Finish(TokenSet),
}

/// What is sent.
pub(super) enum Sending {
    /// `InitiateAuth` with these parameters, and whether it may be repeated.
    Begin(Writer, Retry),
    /// The answer to a challenge.
    Respond(Challenge, Writer),
    /// The device begins to prove itself.
    ProveDevice(Challenge),
    /// The secret of an authenticator app is asked for.
    Associate(Challenge),
    /// The first code of the authenticator app is checked.
    Verify(Challenge, Secret<String>),
}

impl Sending {
    /// Whether the device proves itself by it.
    fn is_by_device(&self) -> bool {
        match self {
            Self::ProveDevice(_) => true,
            Self::Respond(challenge, _) => challenge.name() == DEVICE_PASSWORD_VERIFIER,
            _ => false,
        }
    }
}

/// What the user has chosen, where the service does not know it yet.
#[derive(Default)]
pub(super) struct Choice {
    pub(super) name: Option<&'static str>,
    pub(super) totp_secret: Option<Value>,
}

impl Choice {
    pub(super) fn of(name: &'static str) -> Self {
        Self { name: Some(name), totp_secret: None }
    }
}

impl<'a, P: Platform> Attempt<'a, P> {
    /// Does what comes next until there are tokens or the user is asked for something.
    pub(super) async fn run(mut self, first: Next) -> Result<SignInStep, Error> {
        let mut next = first;
        loop {
            self.look_device_up().await;
            let sending = match next {
                Next::Send(sending) => sending,
                Next::Ask(challenge, choice) => return self.ask(&challenge, choice).await,
                Next::Finish(tokens) => return self.finish(tokens).await,
            };
            let (request, retry) = self.request(&sending)?;
            next = match send_with_retry(self.platform, request, retry).await {
                Ok(response) => self.read(sending, &response)?,
                Err(error) if error.is_exception("UserNotConfirmedException") => return Ok(SignInStep::ConfirmSignUp),
                Err(error) if error.is_exception("PasswordResetRequiredException") => {
                    return Ok(SignInStep::ResetPassword);
                }
                Err(error) if self.devices.device.is_some() && is_about_the_device(&error, sending.is_by_device()) => {
                    self.reject_device().await;
                    self.without_device(sending)?
                }
                Err(error) => return Err(error),
            };
        }
    }

    /// What comes next after the service has rejected the device, which is forgotten.
    fn without_device(&mut self, sent: Sending) -> Result<Next, Error> {
        if !sent.is_by_device() {
            // The session of a request that was not read is still good.
            return Ok(Next::Send(sent));
        }
        // Without the device, the user is asked for the second factor.
        let input = self.again.take().ok_or(SignInFault::DeviceRejected)?;
        self.begin(input)
    }

    fn request(&mut self, sending: &Sending) -> Result<(Request, Retry), Error> {
        let mut proof = Writer::object();
        if let Sending::ProveDevice(_) = sending {
            proof.str("SRP_A", &self.new_public_value()?);
        }
        let (url, call) = (self.pool.idp_url(), &self.core.app_call(self.platform, &self.username)?);
        let mut retry = Retry::Never;
        let request = match sending {
            Sending::Begin(parameters, allowed) => {
                retry = *allowed;
                let session = self.again.and_then(|input| input.session.as_ref()).map(Value::from);
                let parameters = self.named(parameters);
                initiate_auth::request(call, self.flow.wire(), parameters, session.as_ref(), self.client_metadata)
            }
            Sending::Respond(challenge, answers) => self.answer(call, challenge, answers),
            Sending::ProveDevice(challenge) => self.answer(call, challenge, &proof),
            Sending::Associate(challenge) => software_token::associate(url, challenge.session()),
            Sending::Verify(challenge, code) => {
                software_token::verify(url, challenge.session(), code.expose_secret(), self.device_name)
            }
        };
        Ok((request, retry))
    }

    fn answer(&self, call: &AppCall<'_>, challenge: &Challenge, answers: &Writer) -> Request {
        let (name, session) = (challenge.name(), challenge.session());
        respond_to_auth_challenge::request(call, name, session, self.named(answers), self.client_metadata)
    }

    /// Parameters or answers with the user's name, and the device's.
    fn named(&self, members: &Writer) -> Writer {
        let mut members = members.clone();
        members.str("USERNAME", &self.username);
        members.str_if("DEVICE_KEY", self.devices.device.as_ref().map(|device| device.key.as_str()));
        members
    }

    /// What a reply leads to.
    fn read(&mut self, sent: Sending, response: &Response) -> Result<Next, Error> {
        let reply = aws_json::read_json(response)?;
        match sent {
            Sending::Associate(challenge) => {
                let secret = reply.get("SecretCode").cloned();
                let secret = secret.ok_or_else(|| Error::invalid_response(ResponseProblem::SecretCode))?;
                let choice = Choice { totp_secret: Some(secret), ..Choice::of(SOFTWARE_TOKEN_MFA) };
                Ok(Next::Ask(challenge.with_session_of(&reply), choice))
            }
            Sending::Verify(..) if reply.str("Status") != Some("SUCCESS") => {
                Err(ErrorKind::Service(ServiceError::wrong_code()).into())
            }
            Sending::Verify(challenge, _) => {
                Ok(Next::Send(Sending::Respond(challenge.with_session_of(&reply), Writer::object())))
            }
            Sending::Begin(..) | Sending::Respond(..) | Sending::ProveDevice(_) => match auth::read(reply)? {
                AuthReply::Tokens(tokens) => Ok(Next::Finish(tokens)),
                AuthReply::Challenge(challenge) => self.meet(challenge, response.server_time_ms()),
            },
        }
    }

    /// What a challenge leads to.
    pub(super) fn meet(&mut self, challenge: Challenge, server_time_ms: Option<i64>) -> Result<Next, Error> {
        // Of a device, the service names the key.
        let is_of_device = challenge.name().starts_with("DEVICE_");
        if let Some(user) =
            challenge.find("USER_ID_FOR_SRP").or_else(|| challenge.find("USERNAME")).filter(|_| !is_of_device)
        {
            self.name_user(user);
        }
        // The proof is dated, and the local clock may be wrong.
        let now_ms = server_time_ms.unwrap_or_else(|| self.platform.now_ms());
        Ok(match (challenge.name(), self.key.take(), self.password, &self.devices.device) {
            (PASSWORD_VERIFIER, Some(key), Some(password), _) => {
                let identity = srp::Identity { group: self.pool.name(), user: challenge.parameter("USER_ID_FOR_SRP")? };
                let answers = prove(&identity, &challenge, &key, password, now_ms)?;
                Next::Send(Sending::Respond(challenge, answers))
            }
            (DEVICE_PASSWORD_VERIFIER, Some(key), _, Some(device)) => {
                let identity = srp::Identity { group: &device.group, user: &device.key };
                let answers = prove(&identity, &challenge, &key, &device.password, now_ms)?;
                Next::Send(Sending::Respond(challenge, answers))
            }
            (DEVICE_SRP_AUTH, _, _, Some(_)) if !std::mem::replace(&mut self.devices.has_proven, true) => {
                Next::Send(Sending::ProveDevice(challenge))
            }
            (MFA_SETUP, ..) => {
                let mut choices = challenge.list("MFAS_CAN_SETUP");
                choices.retain(|name| name == SOFTWARE_TOKEN_MFA || name == EMAIL_OTP);
                match choices.as_slice() {
                    [only] if only == SOFTWARE_TOKEN_MFA => Next::Send(Sending::Associate(challenge)),
                    [_] => Next::Ask(challenge, Choice::of(EMAIL_OTP)),
                    _ => Next::Ask(challenge, Choice::default()),
                }
            }
            _ => Next::Ask(challenge, Choice::default()),
        })
    }

    /// The public value of a new SRP exchange.
    pub(super) fn new_public_value(&mut self) -> Result<String, Error> {
        let key = take_key(self.sign_ins, self.platform)?;
        let public = key.public_hex();
        self.key = Some(key);
        Ok(public)
    }

    /// Keeps the step that the user is asked for.
    async fn ask(&self, challenge: &Challenge, choice: Choice) -> Result<SignInStep, Error> {
        self.ensure_latest()?;
        let facts = Facts {
            login_id: self.login_id,
            username: &self.username,
            is_named: self.devices.is_named,
            flow: self.flow,
            choice: choice.name,
            totp_secret: choice.totp_secret.as_ref().and_then(Value::as_str),
        };
        let namespace = self.core.config.namespace();
        let step = PendingSignIn::new(challenge, &facts, namespace, self.platform.now_ms());
        let step = Rc::new(step.ok_or_else(|| Error::invalid_response(ResponseProblem::NotJson))?);
        if !self.is_aside {
            self.sign_ins.keep(self.core, self.platform, &step).await;
        }
        Ok(SignInStep::Challenge(step))
    }

    async fn finish(&self, mut tokens: TokenSet) -> Result<SignInStep, Error> {
        // Every first sign-in brings a refresh token; a reply without one was cut or forged.
        if tokens.refresh.is_none() {
            return Err(Error::invalid_response(ResponseProblem::RefreshToken));
        }
        let new_device = tokens.device.take();
        let stepped_up = match self.flow {
            // Whoever has signed out meanwhile stays signed out.
            AuthFlow::StepUp => Some(self.core.require(self.platform).await?),
            _ => None,
        };
        let details = match &stepped_up {
            Some(session) => session.sign_in_details().cloned(),
            None => {
                let auth_flow = self.flow.as_str().to_owned();
                Some(SignInDetails { login_id: self.login_id.to_owned(), auth_flow })
            }
        };
        let session = Session::new(tokens, details, self.platform.now_ms(), self.pool)?;
        if stepped_up.is_some_and(|former| former.user_id() != session.user_id()) {
            return Err(Error::invalid_response(ResponseProblem::OtherUser));
        }
        let asked = match new_device {
            Some(device) => self.core.confirm_device(self.platform, &session, &device, self.login_id).await,
            None => {
                if self.devices.device.is_some() {
                    self.core.remember_login(self.platform, self.login_id, session.username()).await;
                }
                Ok(false)
            }
        };
        if self.platform.aborted() {
            return Err(ErrorKind::Aborted.into());
        }
        self.core.begin(self.platform, session).await?;
        let can_remember_device = asked.unwrap_or_else(|error| {
            self.platform.notify(&Event::ConfirmDeviceFailure(error));
            false
        });
        if self.ensure_latest().is_ok() {
            let _ = self.sign_ins.forget(self.core, self.platform).await;
        }
        Ok(SignInStep::Done { can_remember_device })
    }

    /// Checks that no other sign-in has begun meanwhile.
    fn ensure_latest(&self) -> Result<(), Error> {
        if self.platform.aborted() {
            return Err(ErrorKind::Aborted.into());
        }
        if self.number == self.sign_ins.begun.get() { Ok(()) } else { Err(SignInFault::Superseded.into()) }
    }
}

/// What answers a challenge of SRP: of the user's password, or of the device's.
fn prove(
    identity: &srp::Identity<'_>,
    challenge: &Challenge,
    key: &srp::EphemeralKey,
    password: &Secret<String>,
    now_ms: i64,
) -> Result<Writer, Error> {
    let secret_block = challenge.parameter("SECRET_BLOCK")?;
    let parameters = srp::Challenge {
        salt: challenge.parameter("SALT")?,
        server_public: challenge.parameter("SRP_B")?,
        secret_block,
    };
    let proof = key.prove(identity, password, &parameters, now_ms)?;
    let mut answers = Writer::object();
    answers.str("PASSWORD_CLAIM_SECRET_BLOCK", secret_block);
    answers.str("PASSWORD_CLAIM_SIGNATURE", &proof.signature);
    answers.str("TIMESTAMP", &proof.timestamp);
    Ok(answers)
}
