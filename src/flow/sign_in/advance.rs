//! A sign-in under way: takes each reply, answers the challenges that the kit answers itself, and stops when there are tokens or
//! the user is asked for something.

use std::rc::Rc;

use super::device::{DeviceState, is_about_the_device};
use super::pending::{PendingSignIn, Setup};
use super::warm_up::take_key;
use super::{AuthFlow, SignIn, SignInStep, SignIns};
use crate::config::UserPool;
use crate::error::{Error, ErrorKind, PasskeyFault, ResponseProblem, SignInFault};
use crate::event::{Event, SignInDetails};
use crate::idp::auth::{AuthReply, Challenge, TokenSet};
use crate::idp::challenge::{DEVICE_SRP_AUTH, EMAIL_OTP, MFA_SETUP, PASSWORD_VERIFIER, SOFTWARE_TOKEN_MFA, WEB_AUTHN};
use crate::idp::{initiate_auth, respond_to_auth_challenge, software_token};
use crate::platform::{Mediation, Platform, Request, Response};
use crate::retry::{Retry, send_with_retry};
use crate::secret::Secret;
use crate::session::{Core, Device, Session};
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
    /// The password that a `PASSWORD_VERIFIER` is answered with.
    pub(super) password: Option<&'a Secret<String>>,
    /// The key of this SRP exchange.
    pub(super) key: Option<srp::EphemeralKey>,
    /// The service's time in its last reply.
    pub(super) server_time_ms: Option<i64>,
    /// How the user is asked for a passkey.
    pub(super) mediation: Mediation,
    /// Which sign-in of this client it is. A later one replaces it.
    pub(super) number: u32,
    pub(super) devices: DeviceState,
    /// What the sign-in begins with once more if the service rejects the device.
    pub(super) again: Option<&'a SignIn>,
}

impl<'a, P: Platform> Attempt<'a, P> {
    /// Follows the replies until there are tokens or the user is asked for something.
    pub(super) async fn advance(mut self, first: Result<AuthReply, Error>) -> Result<SignInStep, Error> {
        let mut reply = first;
        loop {
            let mut challenge = match reply {
                Ok(AuthReply::Tokens(tokens)) => return self.finish(tokens).await,
                Ok(AuthReply::Challenge(challenge)) => challenge,
                Err(error) if error.is_exception("UserNotConfirmedException") => return Ok(SignInStep::ConfirmSignUp),
                Err(error) if error.is_exception("PasswordResetRequiredException") => {
                    return Ok(SignInStep::ResetPassword);
                }
                Err(error) => return Err(error),
            };
            if let Some(user) = challenge.find("USER_ID_FOR_SRP").or_else(|| challenge.find("USERNAME")) {
                self.name_user(user).await;
            }
            reply = match (challenge.name.as_str(), self.key.take(), self.password, self.devices.device.clone()) {
                (PASSWORD_VERIFIER, Some(key), Some(password), _) => self.prove(&challenge, &key, password).await,
                (DEVICE_SRP_AUTH, .., Some(device)) => {
                    let proven = self.prove_device(&challenge, &device).await;
                    match self.again.take() {
                        // The device was rejected and forgotten. Without it, the user is asked for the second factor.
                        Some(input) if self.devices.device.is_none() => self.begin(input).await,
                        None if self.devices.device.is_none() => Err(SignInFault::DeviceRejected.into()),
                        _ => proven,
                    }
                }
                (WEB_AUTHN, ..) => match self.use_passkey(&challenge).await {
                    // The dialog can be opened again.
                    Err(error) if matches!(error.kind(), ErrorKind::Passkey(..)) && !self.is_autofill() => {
                        self.ask(challenge, None).await?;
                        return Err(error);
                    }
                    reply => reply,
                },
                (MFA_SETUP, ..) => {
                    let setup = self.set_up_only_choice(&mut challenge).await?;
                    return self.ask(challenge, setup).await;
                }
                _ => return self.ask(challenge, None).await,
            };
        }
    }

    /// The public value of a new SRP exchange.
    pub(super) fn new_public_value(&mut self) -> Result<String, Error> {
        let key = take_key(self.sign_ins, self.platform)?;
        let public = key.public_hex();
        self.key = Some(key);
        Ok(public)
    }

    /// Sends `InitiateAuth`.
    pub(super) async fn initiate(
        &mut self,
        parameters: &[(&str, &str)],
        session: Option<&Secret<String>>,
        retry: Retry,
    ) -> Result<AuthReply, Error> {
        loop {
            let named = with_device(parameters, self.devices.device.as_deref());
            let call = self.core.app_call(self.platform, &self.username)?;
            let request = initiate_auth::request(&call, self.flow.wire(), &named, session, self.client_metadata);
            match self.send(request, retry).await {
                Err(error) if self.devices.device.is_some() && is_about_the_device(&error) => {
                    self.reject_device().await;
                }
                sent => return initiate_auth::read(&sent?),
            }
        }
    }

    /// Answers a challenge. If the service does not know the device, that is forgotten, and the answer goes out once more: its
    /// session is still good.
    pub(super) async fn respond(
        &mut self,
        challenge: &Challenge,
        answers: &[(&str, &str)],
    ) -> Result<AuthReply, Error> {
        loop {
            match self.respond_once(challenge, answers).await {
                Err(error) if self.devices.device.is_some() && is_about_the_device(&error) => {
                    self.reject_device().await;
                }
                result => return result,
            }
        }
    }

    pub(super) async fn respond_once(
        &mut self,
        challenge: &Challenge,
        answers: &[(&str, &str)],
    ) -> Result<AuthReply, Error> {
        let mut responses = with_device(&[("USERNAME", self.username.as_str())], self.devices.device.as_deref());
        responses.extend_from_slice(answers);
        let call = self.core.app_call(self.platform, &self.username)?;
        let request = respond_to_auth_challenge::request(
            &call,
            &challenge.name,
            challenge.session.as_ref(),
            &responses,
            self.client_metadata,
        );
        respond_to_auth_challenge::read(&self.send(request, Retry::Never).await?)
    }

    /// Asks for the secret of an authenticator app. The session that comes with it is the challenge's from now on.
    pub(super) async fn associate(&mut self, challenge: &mut Challenge) -> Result<Setup, Error> {
        let request = software_token::associate(self.pool.idp_url(), challenge.session.as_ref());
        let association = software_token::read_association(&self.send(request, Retry::Never).await?)?;
        challenge.session = association.session.or_else(|| challenge.session.take());
        Ok(Setup::Totp(association.secret))
    }

    /// Checks the first code of the authenticator app. Then the challenge has its next session.
    pub(super) async fn verify_totp(
        &mut self,
        challenge: &mut Challenge,
        code: &str,
        device_name: Option<&str>,
    ) -> Result<(), Error> {
        let request = software_token::verify(self.pool.idp_url(), challenge.session.as_ref(), code, device_name);
        let session = software_token::read_verification(&self.send(request, Retry::Never).await?)?;
        challenge.session = session.or_else(|| challenge.session.take());
        Ok(())
    }

    async fn send(&mut self, request: Request, retry: Retry) -> Result<Response, Error> {
        let response = send_with_retry(self.platform, request, retry).await?;
        self.server_time_ms = response.server_time_ms();
        Ok(response)
    }

    /// Proves the password.
    async fn prove(
        &mut self,
        challenge: &Challenge,
        key: &srp::EphemeralKey,
        password: &Secret<String>,
    ) -> Result<AuthReply, Error> {
        let identity = srp::Identity { group: self.pool.name(), user: challenge.parameter("USER_ID_FOR_SRP")? };
        let answers = self.proof(challenge, key, &identity, password)?;
        self.respond(challenge, &answers.each_ref().map(|(name, value)| (*name, value.as_str()))).await
    }

    /// What answers a challenge of SRP: of the user's password, or of the device's.
    pub(super) fn proof(
        &self,
        challenge: &Challenge,
        key: &srp::EphemeralKey,
        identity: &srp::Identity<'_>,
        password: &Secret<String>,
    ) -> Result<[(&'static str, String); 3], Error> {
        let secret_block = challenge.parameter("SECRET_BLOCK")?;
        let parameters = srp::Challenge {
            salt: challenge.parameter("SALT")?,
            server_public: challenge.parameter("SRP_B")?,
            secret_block,
        };
        // The proof is dated, and the local clock may be wrong.
        let now_ms = self.server_time_ms.unwrap_or_else(|| self.platform.now_ms());
        let proof = key.prove(identity, password, &parameters, now_ms)?;
        Ok([
            ("PASSWORD_CLAIM_SECRET_BLOCK", secret_block.to_owned()),
            ("PASSWORD_CLAIM_SIGNATURE", proof.signature),
            ("TIMESTAMP", proof.timestamp),
        ])
    }

    /// Answers with a passkey. When autofill has waited for so long that the challenge will expire, it begins anew.
    async fn use_passkey(&mut self, challenge: &Challenge) -> Result<AuthReply, Error> {
        let options = challenge.parameter("CREDENTIAL_REQUEST_OPTIONS")?;
        let credential = match (self.platform.get_passkey(options, self.mediation).await, self.again) {
            (Err(error), Some(input)) if self.is_autofill() && error.is_passkey_fault(PasskeyFault::TimedOut) => {
                return self.begin(input).await;
            }
            (credential, _) => credential?,
        };
        if self.is_autofill() {
            // Until now the user may have tried something else.
            self.number = self.sign_ins.begin();
            self.mediation = Mediation::Modal;
        }
        self.respond(challenge, &[("CREDENTIAL", credential.expose_secret())]).await
    }

    fn is_autofill(&self) -> bool {
        self.mediation == Mediation::Conditional
    }

    /// Starts the set-up of a second factor if there is only one that can be set up here.
    async fn set_up_only_choice(&mut self, challenge: &mut Challenge) -> Result<Option<Setup>, Error> {
        let mut choices = challenge.list("MFAS_CAN_SETUP");
        choices.retain(|name| name == SOFTWARE_TOKEN_MFA || name == EMAIL_OTP);
        match choices.as_slice() {
            [only] if only == SOFTWARE_TOKEN_MFA => self.associate(challenge).await.map(Some),
            [_] => Ok(Some(Setup::Email)),
            _ => Ok(None),
        }
    }

    /// Keeps the step that the user is asked for.
    pub(super) async fn ask(self, challenge: Challenge, setup: Option<Setup>) -> Result<SignInStep, Error> {
        self.ensure_latest()?;
        let pending = Rc::new(PendingSignIn {
            challenge,
            setup,
            login_id: self.login_id.to_owned(),
            username: self.username,
            is_named: self.devices.is_named,
            flow: self.flow,
            since_ms: self.platform.now_ms(),
        });
        self.sign_ins.keep(self.core, self.platform, &pending).await;
        Ok(SignInStep::Challenge(pending))
    }

    async fn finish(self, mut tokens: TokenSet) -> Result<SignInStep, Error> {
        // Every first sign-in brings a refresh token; a reply without one was cut or forged.
        if tokens.refresh.is_none() {
            return Err(Error::invalid_response(ResponseProblem::RefreshToken));
        }
        let new_device = tokens.device.take();
        let details = SignInDetails { login_id: self.login_id.to_owned(), auth_flow: self.flow.as_str().to_owned() };
        let session = Session::new(tokens, Some(details), self.platform.now_ms(), self.pool)?;
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
            self.sign_ins.forget(self.core, self.platform).await;
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

/// Parameters or responses, and the device that they name.
fn with_device<'a>(given: &[(&'a str, &'a str)], device: Option<&'a Device>) -> Vec<(&'a str, &'a str)> {
    let mut named = given.to_vec();
    named.extend(device.map(|device| ("DEVICE_KEY", device.key.as_str())));
    named
}
