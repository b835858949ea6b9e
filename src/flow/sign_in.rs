//! Signing in with a password: by SRP, which proves it, or by sending it.

use crate::config::UserPool;
use crate::error::{EmptyField, Error, ErrorKind, ResponseProblem};
use crate::event::SignInDetails;
use crate::idp::auth::{AuthReply, Challenge, TokenSet};
use crate::idp::challenge::PASSWORD_VERIFIER;
use crate::idp::check;
use crate::idp::initiate_auth;
use crate::idp::respond_to_auth_challenge;
use crate::platform::Platform;
use crate::retry::{Retry, send_with_retry};
use crate::secret::Secret;
use crate::session::{Core, Session};
use crate::srp;

/// The input of a sign-in.
#[derive(Debug, Default)]
pub struct SignIn {
    /// User name, or an alias such as the e-mail address.
    pub username: String,
    /// The password.
    pub password: Secret<String>,
    /// The authentication flow.
    pub flow: AuthFlow,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// Cognito's `AuthFlow`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthFlow {
    /// `USER_SRP_AUTH`: the password is proven and never sent.
    #[default]
    UserSrpAuth,
    /// `USER_PASSWORD_AUTH`: the password is sent over TLS, as the user migration trigger needs it.
    UserPasswordAuth,
}

/// The next step after a sign-in that was not refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInStep {
    /// The user is signed in.
    Done,
    /// The user must confirm the sign-up first.
    ConfirmSignUp,
    /// The user must reset the password first.
    ResetPassword,
}

impl AuthFlow {
    /// The wire's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UserSrpAuth => "USER_SRP_AUTH",
            Self::UserPasswordAuth => "USER_PASSWORD_AUTH",
        }
    }
}

pub(crate) async fn sign_in<P: Platform>(core: &Core, platform: &P, input: &SignIn) -> Result<SignInStep, Error> {
    let password = input.password.expose_secret();
    check::required(EmptyField::SignInUsername, &input.username)?;
    check::username(&input.username)?;
    check::required(EmptyField::SignInPassword, password)?;
    check::password(password)?;
    let pool = core.config.require_user_pool()?;
    let reply = match input.flow {
        AuthFlow::UserSrpAuth => by_srp(core, pool, platform, input).await,
        AuthFlow::UserPasswordAuth => by_password(core, platform, input).await,
    };
    let tokens = match reply {
        Ok(AuthReply::Tokens(tokens)) => tokens,
        Ok(AuthReply::Challenge(challenge)) => return Err(ErrorKind::Challenge(challenge.name).into()),
        Err(error) if error.is_exception("UserNotConfirmedException") => return Ok(SignInStep::ConfirmSignUp),
        Err(error) if error.is_exception("PasswordResetRequiredException") => return Ok(SignInStep::ResetPassword),
        Err(error) => return Err(error),
    };
    if platform.aborted() {
        return Err(ErrorKind::Aborted.into());
    }
    let details = SignInDetails { login_id: input.username.clone(), auth_flow: input.flow.as_str().to_owned() };
    let session = Session::new(with_refresh_token(tokens)?, Some(details), platform.now_ms(), pool)?;
    core.begin(platform, session).await?;
    Ok(SignInStep::Done)
}

/// Every first sign-in brings a refresh token; a reply without one was cut or forged.
fn with_refresh_token(tokens: TokenSet) -> Result<TokenSet, Error> {
    if tokens.refresh.is_some() { Ok(tokens) } else { Err(Error::invalid_response(ResponseProblem::RefreshToken)) }
}

async fn by_password<P: Platform>(core: &Core, platform: &P, input: &SignIn) -> Result<AuthReply, Error> {
    let factor = ("PASSWORD", input.password.expose_secret().as_str());
    // A repetition would count as a second attempt.
    initiate(core, platform, input, factor, Retry::Throttled).await.map(|(reply, _)| reply)
}

/// Prepares the next sign-in: makes its SRP key, and runs the arithmetic once, so that the browser has compiled it.
///
/// # Errors
/// `no_random`.
pub(crate) fn warm_up<P: Platform>(core: &Core, platform: &P) -> Result<(), Error> {
    let key = new_key(platform)?;
    let public = key.public_hex();
    let identity = srp::Identity { group: "", user: "" };
    let parameters = srp::Challenge { salt: "00", server_public: &public, secret_block: "" };
    // The result is of no use: a password is never proven twice with one key.
    drop(new_key(platform)?.prove(&identity, &Secret::default(), &parameters, platform.now_ms()));
    core.prepared_key.replace(Some(key));
    Ok(())
}

fn new_key<P: Platform>(platform: &P) -> Result<srp::EphemeralKey, Error> {
    let mut random = Secret::new(vec![0; 32]);
    platform.fill_random(random.expose_secret_mut())?;
    srp::EphemeralKey::new(random)
}

async fn by_srp<P: Platform>(core: &Core, pool: &UserPool, platform: &P, input: &SignIn) -> Result<AuthReply, Error> {
    // A key is used once.
    let key = match core.prepared_key.take() {
        Some(key) => key,
        None => new_key(platform)?,
    };
    let public = key.public_hex();
    let factor = ("SRP_A", public.as_str());
    let (reply, server_time_ms) = initiate(core, platform, input, factor, Retry::Transient).await?;
    let challenge = match reply {
        AuthReply::Challenge(challenge) if challenge.name == PASSWORD_VERIFIER.name => challenge,
        other => return Ok(other),
    };
    // The proof is dated, and the local clock may be wrong.
    let now_ms = server_time_ms.unwrap_or_else(|| platform.now_ms());
    answer(core, pool, platform, input, &key, &challenge, now_ms).await
}

async fn initiate<P: Platform>(
    core: &Core,
    platform: &P,
    input: &SignIn,
    factor: (&str, &str),
    retry: Retry,
) -> Result<(AuthReply, Option<i64>), Error> {
    let call = core.app_call(platform, &input.username).await?;
    let request = initiate_auth::request(
        &call,
        input.flow.as_str(),
        &[("USERNAME", &input.username), factor],
        None,
        &input.client_metadata,
    );
    let response = send_with_retry(platform, request, retry).await?;
    Ok((initiate_auth::read(&response)?, response.server_time_ms()))
}

async fn answer<P: Platform>(
    core: &Core,
    pool: &UserPool,
    platform: &P,
    input: &SignIn,
    key: &srp::EphemeralKey,
    challenge: &Challenge,
    now_ms: i64,
) -> Result<AuthReply, Error> {
    let [user, salt, server_public, secret_block] = PASSWORD_VERIFIER.parameters(challenge)?;
    let identity = srp::Identity { group: pool.name(), user };
    let parameters = srp::Challenge { salt, server_public, secret_block };
    let proof = key.prove(&identity, &input.password, &parameters, now_ms)?;
    let responses = PASSWORD_VERIFIER.responses([user, secret_block, &proof.signature, &proof.timestamp]);
    let call = core.app_call(platform, user).await?;
    let request = respond_to_auth_challenge::request(
        &call,
        &challenge.name,
        challenge.session.as_ref(),
        &responses,
        &input.client_metadata,
    );
    respond_to_auth_challenge::read(&send_with_retry(platform, request, Retry::Never).await?)
}
