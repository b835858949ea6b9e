//! Beginning a sign-in: `InitiateAuth` of each flow.

use super::advance::Attempt;
use super::device::DeviceState;
use super::{AuthFlow, FirstFactor, SignIn, SignInStep, SignIns};
use crate::error::{EmptyField, Error, Misuse};
use crate::idp::auth::AuthReply;
use crate::idp::check;
use crate::platform::Platform;
use crate::retry::Retry;
use crate::session::Core;

pub(crate) async fn sign_in<P: Platform>(
    sign_ins: &SignIns,
    core: &Core,
    platform: &P,
    input: &SignIn,
) -> Result<SignInStep, Error> {
    let password = input.password.expose_secret();
    check::required(EmptyField::SignInUsername, &input.username)?;
    check::username(&input.username)?;
    let factor = factor(input);
    if input.autofill && (input.flow, factor) != (AuthFlow::UserAuth, Some(FirstFactor::WebAuthn)) {
        return Err(Misuse::Option("options.autofill".to_owned()).into());
    }
    if factor.is_some_and(FirstFactor::needs_password) {
        check::required(EmptyField::SignInPassword, password)?;
        check::password(password)?;
    }
    let pool = core.config.require_user_pool()?;
    let mut attempt = Attempt {
        core,
        sign_ins,
        platform,
        pool,
        flow: input.flow,
        login_id: &input.username,
        username: String::new(),
        client_metadata: &input.client_metadata,
        password: None,
        key: None,
        server_time_ms: None,
        is_aside: input.autofill,
        // Waiting for autofill does not disturb what the user does.
        number: if input.autofill { sign_ins.begun.get() } else { sign_ins.begin() },
        devices: DeviceState::default(),
        again: Some(input),
    };
    let reply = attempt.begin(input).await;
    attempt.advance(reply).await
}

impl<'a, P: Platform> Attempt<'a, P> {
    /// Sends the first request of a checked input.
    pub(super) async fn begin(&mut self, input: &'a SignIn) -> Result<AuthReply, Error> {
        let factor = factor(input);
        self.username.clone_from(&input.username);
        let mut parameters = vec![("USERNAME", input.username.as_str())];
        if let (AuthFlow::UserAuth, Some(factor)) = (input.flow, factor) {
            parameters.push(("PREFERRED_CHALLENGE", factor.as_str()));
        }
        let public;
        if factor == Some(FirstFactor::PasswordSrp) {
            if input.flow == AuthFlow::CustomWithSrp {
                parameters.push(("CHALLENGE_NAME", "SRP_A"));
            }
            self.password = Some(&input.password);
            public = self.new_public_value()?;
            parameters.push(("SRP_A", &public));
        } else {
            // The reply may be tokens. The reply to an SRP value names the user first, so that the device is known for certain.
            self.guess_device().await;
            if factor == Some(FirstFactor::Password) {
                parameters.push(("PASSWORD", input.password.expose_secret()));
            }
        }
        // Nothing has been tried yet where only a name is sent. A password that is sent again would count as a second attempt.
        let retry = if factor == Some(FirstFactor::PasswordSrp) { Retry::Transient } else { Retry::Throttled };
        self.initiate(&parameters, None, retry).await
    }
}

/// The factor that the sign-in begins with. `None` if the triggers or the user choose it.
fn factor(input: &SignIn) -> Option<FirstFactor> {
    match input.flow {
        AuthFlow::UserSrpAuth | AuthFlow::CustomWithSrp => Some(FirstFactor::PasswordSrp),
        AuthFlow::UserPasswordAuth => Some(FirstFactor::Password),
        AuthFlow::CustomWithoutSrp => None,
        AuthFlow::UserAuth if input.password.expose_secret().is_empty() => input.preferred,
        AuthFlow::UserAuth => input.preferred.or(Some(FirstFactor::PasswordSrp)),
    }
}
