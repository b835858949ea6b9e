//! What a sign-in does with a reply that is neither the first part of SRP nor tokens: the challenges that the user is asked for, and
//! those that the kit answers itself. It is deferred code.

use std::rc::Rc;

use super::SignInStep;
use super::advance::{Attempt, Choice, Deferred, Next, Sending};
use super::pending::{Facts, PendingSignIn};
use crate::error::{Error, ErrorKind, ResponseProblem, ServiceError};
use crate::idp::auth::Challenge;
use crate::idp::challenge::{DEVICE_PASSWORD_VERIFIER, DEVICE_SRP_AUTH, EMAIL_OTP, MFA_SETUP, SOFTWARE_TOKEN_MFA};
use crate::json::{Value, Writer};
use crate::platform::Platform;
use crate::srp;

impl<P: Platform> Attempt<'_, P> {
    /// Does what is deferred.
    pub(super) async fn perform(&mut self, what: Deferred) -> Result<Next, Error> {
        match what {
            Deferred::FindDevice(sending) => {
                self.find_device().await;
                Ok(Next::Send(sending))
            }
            Deferred::Read(sent, reply, time_ms) => self.read(sent, reply, time_ms),
            Deferred::Recover(sent, error) => self.without_device(sent, error).await,
            Deferred::Ask(challenge, choice) => {
                // Of a device that the service has rejected, nothing is kept once the user is known.
                if self.may_have_device().await {
                    self.find_device().await;
                }
                self.ask(&challenge, choice).await.map(Next::Return)
            }
        }
    }

    /// What a reply leads to.
    fn read(&mut self, sent: Sending, reply: Challenge, server_time_ms: Option<i64>) -> Result<Next, Error> {
        let json = reply.json();
        match sent {
            Sending::Associate(challenge) => {
                let secret = json.get("SecretCode").cloned();
                let secret = secret.ok_or_else(|| Error::invalid_response(ResponseProblem::SecretCode))?;
                let choice = Choice { totp_secret: Some(secret), ..Choice::of(SOFTWARE_TOKEN_MFA) };
                Ok(Next::ask(challenge.with_session_of(json), choice))
            }
            Sending::Verify(..) if json.str("Status") != Some("SUCCESS") => {
                Err(ErrorKind::Service(ServiceError::wrong_code()).into())
            }
            Sending::Verify(challenge, _) => {
                Ok(Next::Send(Sending::Respond(challenge.with_session_of(json), Writer::object())))
            }
            Sending::Begin(..) | Sending::Respond(..) => self.meet(reply, server_time_ms),
        }
    }

    /// What a challenge leads to.
    fn meet(&mut self, challenge: Challenge, server_time_ms: Option<i64>) -> Result<Next, Error> {
        // Of a device, the service names the key.
        let is_of_device = challenge.name().starts_with("DEVICE_");
        if let Some(user) =
            challenge.find("USER_ID_FOR_SRP").or_else(|| challenge.find("USERNAME")).filter(|_| !is_of_device)
        {
            self.name_user(user);
        }
        Ok(match (challenge.name(), self.devices.device.clone()) {
            (DEVICE_PASSWORD_VERIFIER, Some(device)) if self.key.is_some() => {
                let identity = srp::Identity { group: &device.group, user: &device.key };
                let answers = self.prove(&identity, &challenge, &device.password, server_time_ms)?;
                Next::Send(Sending::Respond(challenge, answers))
            }
            (DEVICE_SRP_AUTH, Some(_)) if !std::mem::replace(&mut self.devices.has_proven, true) => {
                let mut answers = Writer::object();
                answers.str("SRP_A", &self.new_public_value()?);
                Next::Send(Sending::Respond(challenge, answers))
            }
            (MFA_SETUP, _) => {
                let mut choices = challenge.list("MFAS_CAN_SETUP");
                choices.retain(|name| name == SOFTWARE_TOKEN_MFA || name == EMAIL_OTP);
                match choices.as_slice() {
                    [only] if only == SOFTWARE_TOKEN_MFA => Next::Send(Sending::Associate(challenge)),
                    [_] => Next::ask(challenge, Choice::of(EMAIL_OTP)),
                    _ => Next::ask(challenge, Choice::default()),
                }
            }
            _ => Next::ask(challenge, Choice::default()),
        })
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
}
