//! Beginning a sign-in: `InitiateAuth` of each flow.

use super::advance::{Attempt, Next, Sending};
use super::{AuthFlow, FirstFactor, SignIn, SignInStep, SignIns};
use crate::error::{EmptyField, Error};
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
    let factor = check(input)?;
    let mut attempt = Attempt {
        core,
        sign_ins,
        platform,
        pool: core.config.require_user_pool()?,
        flow: input.flow,
        login_id: &input.username,
        username: input.username.clone(),
        client_metadata: &input.client_metadata,
        device_name: None,
        password: Some(&input.password),
        key: None,
        number: sign_ins.begin(),
    };
    let first = begin(&mut attempt, input, factor)?;
    attempt.run(first).await
}

/// The factor that the sign-in begins with. `None` if the triggers or the user choose it.
fn check(input: &SignIn) -> Result<Option<FirstFactor>, Error> {
    let password = input.password.expose_secret();
    check::required(EmptyField::SignInUsername, &input.username)?;
    check::username(&input.username)?;
    let factor = match input.flow {
        AuthFlow::UserSrpAuth | AuthFlow::CustomWithSrp => Some(FirstFactor::PasswordSrp),
        AuthFlow::UserPasswordAuth => Some(FirstFactor::Password),
        AuthFlow::CustomWithoutSrp => None,
        AuthFlow::UserAuth if password.is_empty() => input.preferred,
        AuthFlow::UserAuth => input.preferred.or(Some(FirstFactor::PasswordSrp)),
    };
    if factor.is_some_and(FirstFactor::needs_password) {
        check::required(EmptyField::SignInPassword, password)?;
        check::password(password)?;
    }
    Ok(factor)
}

fn begin<P: Platform>(
    attempt: &mut Attempt<'_, P>,
    input: &SignIn,
    factor: Option<FirstFactor>,
) -> Result<Next, Error> {
    let mut parameters = Writer::object();
    if let (AuthFlow::UserAuth, Some(factor)) = (input.flow, factor) {
        parameters.str("PREFERRED_CHALLENGE", factor.as_str());
    }
    // What sends a password or a code counts as an attempt. The public value of SRP may be sent again.
    let mut retry = Retry::Throttled;
    match factor {
        Some(FirstFactor::PasswordSrp) => {
            retry = Retry::Transient;
            if input.flow == AuthFlow::CustomWithSrp {
                parameters.str("CHALLENGE_NAME", "SRP_A");
            }
            parameters.str("SRP_A", &attempt.new_public_value()?);
        }
        Some(FirstFactor::Password) => parameters.secret("PASSWORD", &input.password),
        _ => {}
    }
    Ok(Next::Send(Sending::Begin(parameters, retry)))
}
