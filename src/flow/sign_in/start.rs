//! Beginning a sign-in: `InitiateAuth` of each flow.

use super::advance::{Attempt, Next, Sending};
use super::device::DeviceState;
use super::{AuthFlow, FirstFactor, SignIn, SignInStep, SignIns};
use crate::error::{EmptyField, Error, Misuse};
use crate::idp::check;
use crate::json::Writer;
use crate::platform::Platform;
use crate::retry::Retry;
use crate::session::Core;

pub(crate) async fn sign_in<P: Platform>(
    sign_ins: &SignIns,
    core: &Core,
    platform: &P,
    input: &SignIn,
) -> Result<SignInStep, Error> {
    check(input)?;
    let mut attempt = Attempt {
        core,
        sign_ins,
        platform,
        pool: core.config.require_user_pool()?,
        flow: input.flow,
        login_id: &input.username,
        username: String::new(),
        client_metadata: &input.client_metadata,
        device_name: None,
        password: &input.password,
        key: None,
        is_aside: input.autofill,
        // Waiting for autofill does not disturb what the user does.
        number: if input.autofill { sign_ins.begun.get() } else { sign_ins.begin() },
        devices: DeviceState::default(),
        again: Some(input),
    };
    let first = attempt.begin(input)?;
    attempt.run(first).await
}

fn check(input: &SignIn) -> Result<(), Error> {
    check::required(EmptyField::SignInUsername, &input.username)?;
    check::username(&input.username)?;
    let factor = factor(input);
    if input.autofill && (input.flow, factor) != (AuthFlow::UserAuth, Some(FirstFactor::WebAuthn)) {
        return Err(Misuse::Option("options.autofill".to_owned()).into());
    }
    if factor.is_some_and(FirstFactor::needs_password) {
        let password = input.password.expose_secret();
        check::required(EmptyField::SignInPassword, password)?;
        check::password(password)?;
    }
    Ok(())
}

/// The factor that the sign-in begins with. `None` if the triggers or the user choose it.
fn factor(input: &SignIn) -> Option<FirstFactor> {
    match input.flow {
        AuthFlow::UserSrpAuth | AuthFlow::CustomWithSrp => Some(FirstFactor::PasswordSrp),
        AuthFlow::UserPasswordAuth => Some(FirstFactor::Password),
        AuthFlow::CustomWithoutSrp => None,
        AuthFlow::StepUp => input.preferred,
        AuthFlow::UserAuth if input.password.expose_secret().is_empty() => input.preferred,
        AuthFlow::UserAuth => input.preferred.or(Some(FirstFactor::PasswordSrp)),
    }
}

impl<P: Platform> Attempt<'_, P> {
    /// The first request of a checked input.
    pub(super) fn begin(&mut self, input: &SignIn) -> Result<Next, Error> {
        let factor = factor(input);
        input.username.clone_into(&mut self.username);
        let mut parameters = Writer::object();
        if let (AuthFlow::UserAuth | AuthFlow::StepUp, Some(factor)) = (input.flow, factor) {
            parameters.str("PREFERRED_CHALLENGE", factor.as_str());
        }
        for (name, value) in &input.parameters {
            parameters.secret(name, value);
        }
        // What sends a password or a code counts as an attempt. The public value of SRP may be sent again.
        let mut retry = Retry::Throttled;
        if factor == Some(FirstFactor::PasswordSrp) {
            retry = Retry::Transient;
            if input.flow == AuthFlow::CustomWithSrp {
                parameters.str("CHALLENGE_NAME", "SRP_A");
            }
            parameters.str("SRP_A", &self.new_public_value()?);
        } else {
            // The reply may be tokens. The reply to an SRP value names the user first, so that the device is known for certain.
            self.devices.is_wanted = true;
        }
        if factor == Some(FirstFactor::Password) {
            parameters.secret("PASSWORD", &input.password);
        }
        Ok(Next::Send(Sending::Begin(parameters, retry)))
    }
}
