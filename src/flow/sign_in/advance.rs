//! A sign-in under way. Each reply decides what comes next: a request that the kit answers by itself, a step that the user is asked
//! for, or the session. One loop sends them all.

use std::rc::Rc;

use super::device::DeviceState;
use super::warm_up::take_key;
use super::{AuthFlow, SignIn, SignInStep, SignIns};
use crate::aws_json;
use crate::config::UserPool;
use crate::error::{Error, ErrorKind, ResponseProblem, SignInFault};
use crate::event::{Event, SignInDetails};
use crate::idp::auth::{self, Challenge, TokenSet};
use crate::idp::challenge::PASSWORD_VERIFIER;
use crate::idp::{initiate_auth, respond_to_auth_challenge, software_token};
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
    pub(super) password: &'a Secret<String>,
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
    /// There are tokens.
    Finish(TokenSet),
    /// What a sign-in by a password alone has no need of.
    Defer(Deferred),
    /// The user is asked, or has to do something else first.
    Return(SignInStep),
}

/// What deferred code does, in `challenged.rs`.
pub(super) enum Deferred {
    /// Looks the device up before a request.
    FindDevice(Sending),
    /// Reads a reply, with the time that it says.
    Read(Sending, Challenge, Option<i64>),
    /// Decides about an error of a request that named a device.
    Recover(Sending, Error),
    /// Asks the user.
    Ask(Challenge, Choice),
}

impl Next {
    pub(super) const fn ask(challenge: Challenge, choice: Choice) -> Self {
        Self::Defer(Deferred::Ask(challenge, choice))
    }
}

/// What is sent.
pub(super) enum Sending {
    /// `InitiateAuth` with these parameters, and whether it may be repeated.
    Begin(Writer, Retry),
    /// The answer to a challenge.
    Respond(Challenge, Writer),
    /// The secret of an authenticator app is asked for.
    Associate(Challenge),
    /// The first code of the authenticator app is checked.
    Verify(Challenge, Secret<String>),
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

impl<P: Platform> Attempt<'_, P> {
    /// Does what comes next until there are tokens or the user is asked for something.
    pub(super) async fn run(mut self, first: Next) -> Result<SignInStep, Error> {
        let mut next = first;
        loop {
            next = match next {
                Next::Send(sending) if self.may_have_device().await => Next::Defer(Deferred::FindDevice(sending)),
                Next::Send(sending) => {
                    let (request, retry) = self.request(&sending)?;
                    self.after(sending, send_with_retry(self.platform, request, retry).await)?
                }
                Next::Finish(tokens) => return self.finish(tokens).await,
                Next::Defer(what) => self.platform.load_deferred().await?.run(self.perform(what)).await?,
                Next::Return(step) => return Ok(step),
            };
        }
    }

    /// What comes after a request.
    fn after(&mut self, sent: Sending, result: Result<Response, Error>) -> Result<Next, Error> {
        match result {
            Ok(response) => {
                let reply = Challenge::new(aws_json::read_json(&response)?);
                let time_ms = response.server_time_ms();
                match (reply.name(), sent) {
                    ("", Sending::Begin(..) | Sending::Respond(..)) => {
                        Ok(Next::Finish(auth::read_tokens(reply.json())?))
                    }
                    (PASSWORD_VERIFIER, _) if self.key.is_some() => self.prove_password(reply, time_ms),
                    (_, sent) => Ok(Next::Defer(Deferred::Read(sent, reply, time_ms))),
                }
            }
            Err(error) if error.is_exception("UserNotConfirmedException") => {
                Ok(Next::Return(SignInStep::ConfirmSignUp))
            }
            Err(error) if error.is_exception("PasswordResetRequiredException") => {
                Ok(Next::Return(SignInStep::ResetPassword))
            }
            Err(error) if self.devices.device.is_some() => Ok(Next::Defer(Deferred::Recover(sent, error))),
            Err(error) => Err(error),
        }
    }

    fn request(&self, sending: &Sending) -> Result<(Request, Retry), Error> {
        let (url, call) = (self.pool.idp_url(), &self.core.app_call(self.platform, &self.username)?);
        let mut retry = Retry::Never;
        let request = match sending {
            Sending::Begin(parameters, allowed) => {
                retry = *allowed;
                let session = self.again.and_then(|input| input.session.as_ref()).map(Value::from);
                let parameters = self.named(parameters);
                initiate_auth::request(call, self.flow.wire(), parameters, session.as_ref(), self.client_metadata)
            }
            Sending::Respond(challenge, answers) => {
                let (name, session) = (challenge.name(), challenge.session());
                respond_to_auth_challenge::request(call, name, session, self.named(answers), self.client_metadata)
            }
            Sending::Associate(challenge) => software_token::associate(url, challenge.session()),
            Sending::Verify(challenge, code) => {
                software_token::verify(url, challenge.session(), code.expose_secret(), self.device_name)
            }
        };
        Ok((request, retry))
    }

    /// Parameters or answers with the user's name, and the device's.
    fn named(&self, members: &Writer) -> Writer {
        let mut members = members.clone();
        members.str("USERNAME", &self.username);
        members.str_if("DEVICE_KEY", self.devices.device.as_ref().map(|device| device.key.as_str()));
        members
    }

    /// The answer to a `PASSWORD_VERIFIER`.
    fn prove_password(&mut self, challenge: Challenge, server_time_ms: Option<i64>) -> Result<Next, Error> {
        let user = challenge.parameter("USER_ID_FOR_SRP")?;
        self.name_user(user);
        let identity = srp::Identity { group: self.pool.name(), user };
        let answers = self.prove(&identity, &challenge, self.password, server_time_ms)?;
        Ok(Next::Send(Sending::Respond(challenge, answers)))
    }

    /// What answers a challenge of SRP: of the user's password, or of the device's.
    pub(super) fn prove(
        &mut self,
        identity: &srp::Identity<'_>,
        challenge: &Challenge,
        password: &Secret<String>,
        server_time_ms: Option<i64>,
    ) -> Result<Writer, Error> {
        let secret_block = challenge.parameter("SECRET_BLOCK")?;
        let parameters = srp::Challenge {
            salt: challenge.parameter("SALT")?,
            server_public: challenge.parameter("SRP_B")?,
            secret_block,
        };
        // The proof is dated, and the local clock may be wrong.
        let now_ms = server_time_ms.unwrap_or_else(|| self.platform.now_ms());
        // A key proves once.
        let key = self.key.take().ok_or_else(|| Error::invalid_response(ResponseProblem::ChallengeParameter))?;
        let proof = key.prove(identity, password, &parameters, now_ms)?;
        let mut answers = Writer::object();
        answers.str("PASSWORD_CLAIM_SECRET_BLOCK", secret_block);
        answers.str("PASSWORD_CLAIM_SIGNATURE", &proof.signature);
        answers.str("TIMESTAMP", &proof.timestamp);
        Ok(answers)
    }

    /// The public value of a new SRP exchange.
    pub(super) fn new_public_value(&mut self) -> Result<String, Error> {
        let key = take_key(self.sign_ins, self.platform)?;
        let public = key.public_hex();
        self.key = Some(key);
        Ok(public)
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
        let asked = match (new_device, &self.devices.device) {
            (None, None) => Ok(false),
            (new_device, _) => match self.platform.load_deferred().await {
                Ok(loaded) => loaded.run(self.keep_device(&session, new_device)).await,
                Err(error) => Err(error),
            },
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
    pub(super) fn ensure_latest(&self) -> Result<(), Error> {
        if self.platform.aborted() {
            return Err(ErrorKind::Aborted.into());
        }
        if self.number == self.sign_ins.begun.get() { Ok(()) } else { Err(SignInFault::Superseded.into()) }
    }
}
