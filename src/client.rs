//! The facade: one method a user action.

use std::rc::Rc;

use crate::access::{
    self, AppSyncAccess, AppSyncRequest, Authorized, ClockOffsets, Outgoing, PresignRequest, SignRequest,
};
use crate::config::Config;
use crate::error::Error;
use crate::flow::operation;
use crate::flow::passkeys::{self, Passkeys};
use crate::flow::redirect::{self, AuthorizationRequest, RedirectResult, RedirectResults, RedirectSignIn, SignOut};
use crate::flow::sign_in::{self, ConfirmSignIn, PendingSignIn, SignIn, SignInStep, SignIns};
use crate::flow::sign_out::{self, SignedOut};
use crate::flow::sign_up::{CodeDelivery, ConfirmSignUp, ResendSignUpCode, SignUp, SignUpResult};
use crate::flow::{user_info, verify};
use crate::idp::{Operation, operations};
use crate::json::Value;
use crate::jwt::{Claims, TokenUse};
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::{AwsSession, Core, CredentialsOptions, Session, ends_session};

/// The client of one app client of a user pool.
///
/// Clones and [`Client::on`] share one session. Futures are not `Send`.
///
/// ```no_run
/// use poolpass::{Client, Config, flow::sign_in::SignIn, memory::World};
///
/// # async fn example() -> Result<(), poolpass::Error> {
/// let config: Config =
///     r#"{"userPool": {"userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "1h57kf5cpq17m0eml12example"}}"#.parse()?;
/// let client = Client::new(config, World::new().tab());
/// client.sign_in(&SignIn { username: "ada".into(), password: "Correct-Horse7!".into(), ..SignIn::default() }).await?;
/// let session = client.fetch_auth_session(false).await?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client<P> {
    core: Core,
    redirects: Rc<RedirectResults>,
    sign_ins: Rc<SignIns>,
    clocks: Rc<ClockOffsets>,
    platform: P,
}

impl<P: Platform> Client<P> {
    /// A client of a checked configuration. Nothing is sent or read yet.
    pub fn new(config: Config, platform: P) -> Self {
        let core = Core::new(config);
        redirect::register(&core.config);
        Self { core, redirects: Rc::default(), sign_ins: Rc::default(), clocks: Rc::default(), platform }
    }

    /// The same client for one operation on another view of the platform, such as one with an
    /// `AbortSignal`.
    #[must_use]
    pub fn on(&self, platform: P) -> Self {
        let (core, redirects) = (self.core.clone(), Rc::clone(&self.redirects));
        Self { core, redirects, sign_ins: Rc::clone(&self.sign_ins), clocks: Rc::clone(&self.clocks), platform }
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.core.config
    }

    /// Performs an operation of the table, with input and output as in the JavaScript API.
    ///
    /// # Errors
    /// `bad_input` before any request; `service`; network errors; `signed_out` if the operation needs a session.
    pub async fn perform(&self, operation: &Operation, input: &Value) -> Result<Value, Error> {
        operation::perform(&self.core, &self.platform, operation, input).await
    }

    /// Signs a new user up (`SignUp`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `UsernameExistsException`; network errors.
    pub async fn sign_up(&self, input: &SignUp) -> Result<SignUpResult, Error> {
        self.perform(&operations::SIGN_UP, &input.into()).await.map(|output| (&output).into())
    }

    /// Confirms a new user with the code they were sent (`ConfirmSignUp`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `CodeMismatchException`; network errors.
    pub async fn confirm_sign_up(&self, input: &ConfirmSignUp) -> Result<(), Error> {
        self.perform(&operations::CONFIRM_SIGN_UP, &input.into()).await.map(drop)
    }

    /// Sends the code again (`ResendConfirmationCode`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `LimitExceededException`; network errors.
    pub async fn resend_sign_up_code(&self, input: &ResendSignUpCode) -> Result<CodeDelivery, Error> {
        self.perform(&operations::RESEND_SIGN_UP_CODE, &input.into()).await.map(|output| (&output).into())
    }

    /// Signs in: two requests by SRP, one by password. A session that was there is replaced. If the user is asked for something, the
    /// step is kept for this tab until it expires, and [`Client::confirm_sign_in`] takes the answer.
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `NotAuthorizedException`; `srp_refused`; `sign_in` with the reason
    /// `superseded` if another sign-in has begun meanwhile; network errors.
    pub async fn sign_in(&self, input: &SignIn) -> Result<SignInStep, Error> {
        sign_in::sign_in(&self.sign_ins, &self.core, &self.platform, input).await
    }

    /// Answers the step that this tab's user is asked for. If the answer is refused, the step stays, and another answer can be
    /// given, unless the reason is `session_expired` or `session_used`. The same answer given twice at a time is sent once.
    ///
    /// # Errors
    /// `bad_input` before any request; `sign_in` if no step waits for an answer, or another answer is under way; those of
    /// [`Client::sign_in`]; `service`, such as `CodeMismatchException`.
    pub async fn confirm_sign_in(&self, input: &ConfirmSignIn) -> Result<SignInStep, Error> {
        sign_in::confirm_sign_in(&self.sign_ins, &self.core, &self.platform, input).await
    }

    /// The step that this tab's user is asked for. A reload of the page keeps it. `None` if there is none, or if it has expired.
    ///
    /// # Errors
    /// `storage_read`
    pub async fn pending_sign_in(&self) -> Result<Option<Rc<PendingSignIn>>, Error> {
        self.sign_ins.step(&self.core, &self.platform).await
    }

    /// The step as a text for another page or tab. Whoever has it can continue the sign-in, so treat it as a password.
    pub fn serialize_sign_in(&self, step: &PendingSignIn) -> Secret<String> {
        step.serialize(self.core.config.namespace())
    }

    /// Takes a step that [`Client::serialize_sign_in`] has made as this tab's. `None` if it is not of this app client, or has
    /// expired.
    pub async fn resume_sign_in(&self, text: &Secret<String>) -> Option<Rc<PendingSignIn>> {
        self.sign_ins.adopt(&self.core, &self.platform, text.expose_secret()).await
    }

    /// Has the user make a passkey on this device, and registers it (`StartWebAuthnRegistration`,
    /// `CompleteWebAuthnRegistration`).
    ///
    /// # Errors
    /// `passkey`, such as `passkey_exists` or `passkey_cancelled`; `signed_out`; `service`, such as
    /// `WebAuthnNotEnabledException`; network errors.
    pub async fn associate_web_authn_credential(&self) -> Result<(), Error> {
        passkeys::associate(&self.core, &self.platform).await
    }

    /// The user's passkeys (`ListWebAuthnCredentials`), from the page that a token names.
    ///
    /// # Errors
    /// `signed_out`; `service`; network errors.
    pub async fn list_web_authn_credentials(&self, next_token: Option<&str>) -> Result<Passkeys, Error> {
        let input = Value::object([]).with_some("nextToken", next_token.map(Value::from));
        self.perform(&operations::LIST_WEB_AUTHN_CREDENTIALS, &input).await.map(|output| (&output).into())
    }

    /// Deletes a passkey from the user pool (`DeleteWebAuthnCredential`). The device still has it.
    ///
    /// # Errors
    /// `signed_out`; `service`, such as `ResourceNotFoundException`; network errors.
    pub async fn delete_web_authn_credential(&self, credential_id: &str) -> Result<(), Error> {
        let input = Value::object([("credentialId", credential_id.into())]);
        self.perform(&operations::DELETE_WEB_AUTHN_CREDENTIAL, &input).await.map(drop)
    }

    /// Prepares the next sign-in with a password: computes its SRP public value, and runs the arithmetic once, so that a
    /// browser has compiled it. Takes some milliseconds of the processor, and sends nothing.
    ///
    /// # Errors
    /// `no_random`.
    pub fn warm_up(&self) -> Result<(), Error> {
        sign_in::warm_up(&self.sign_ins, &self.platform)
    }

    /// Starts a sign-in at a sign-in page: stores the flow, and returns the address of the page.
    ///
    /// # Errors
    /// `bad_input`, `bad_config`; `storage_write` if the flow could not be stored. For an external provider also network
    /// errors, and `token_invalid` if the discovery document has another issuer.
    pub async fn sign_in_with_redirect(&self, input: &RedirectSignIn) -> Result<AuthorizationRequest, Error> {
        redirect::start(&self.core, &self.platform, input).await
    }

    /// The prefixes of the `state` of this client's flows, by redirect and by popup. They identify its authorization
    /// responses.
    pub fn state_prefixes(&self) -> [String; 2] {
        redirect::state_prefixes(&self.core.config)
    }

    /// Finishes the sign-in whose authorization response the URL contains, once. The same URL always gives the same result.
    /// `None` if it contains none of ours. Remove the query from the page's URL first: see `poolpass_web::take_arrival`.
    ///
    /// Errors of the outcome: `oauth` with the server's error, such as `access_denied`; `redirect_flow` if the flow is
    /// unknown, expired, used or was interrupted; `token_invalid`; network errors.
    pub async fn handle_redirect(&self, url: &str) -> Option<Rc<RedirectResult>> {
        redirect::handle(&self.core, &self.redirects, &self.platform, url).await
    }

    /// The ID token of one of [`Config::oidc_providers`], as long as it is good, with its claims.
    ///
    /// # Errors
    /// `bad_config` if there is no such provider; `storage_read`.
    pub async fn provider_token(&self, provider: &str) -> Result<Option<(Secret<String>, Claims)>, Error> {
        self.core.provider_token(&self.platform, provider).await
    }

    /// The user's claims by the userInfo endpoint, which needs a session with the scope `openid`.
    ///
    /// # Errors
    /// `signed_out`; `oauth`, such as `insufficient_scope`; `token_invalid` if the response is about another user; network
    /// errors.
    pub async fn user_info(&self) -> Result<Value, Error> {
        user_info::user_info(&self.core, &self.platform).await
    }

    /// Verifies a token of this user pool and app client, such as one that came from elsewhere: signature, issuer, client,
    /// use, times. Gives its claims.
    ///
    /// # Errors
    /// `token_invalid`; network errors if the pool's keys cannot be fetched.
    pub async fn verify_token(&self, token: &Secret<String>, token_use: TokenUse) -> Result<Claims, Error> {
        verify::verify_token(&self.core, &self.platform, token, token_use).await
    }

    /// Temporary AWS credentials that can be used now, and the identity they are of. Asked for once by all callers in all
    /// tabs, and renewed before they expire.
    ///
    /// # Errors
    /// `no_credentials` if nobody is signed in and guests are not allowed; `service`, such as
    /// `NotAuthorizedException`; network errors; `lock_timeout`.
    pub async fn aws_session(&self, options: &CredentialsOptions) -> Result<Rc<AwsSession>, Error> {
        self.core.aws_session(&self.platform, options).await
    }

    /// Takes the logins of these providers off the user's identity (`UnlinkIdentity`).
    ///
    /// # Errors
    /// As [`Client::aws_session`].
    pub async fn unlink_identity(&self, options: &CredentialsOptions, providers: &[String]) -> Result<(), Error> {
        self.core.unlink(&self.platform, options, providers).await
    }

    /// The headers that a request has to send beside its own, to be signed by Signature Version 4.
    ///
    /// # Errors
    /// `bad_input` if neither the input nor a rule nor the host names service and region, or if the request would not be
    /// sent as it is signed; those of
    /// [`Client::aws_session`].
    pub async fn sign(&self, input: &SignRequest) -> Result<Vec<(&'static str, Secret<String>)>, Error> {
        access::sign(&self.clocks, &self.core, &self.platform, input).await
    }

    /// A URL that carries its signature.
    ///
    /// # Errors
    /// As [`Client::sign`].
    pub async fn presign(&self, input: &PresignRequest) -> Result<Secret<String>, Error> {
        access::presign(&self.clocks, &self.core, &self.platform, input).await
    }

    /// The headers with the credential that the rules give a request's origin.
    ///
    /// # Errors
    /// `origin_not_allowed`; `signed_out`; those of [`Client::sign`]; network errors.
    pub async fn authorize(&self, outgoing: &Outgoing) -> Result<Authorized, Error> {
        access::authorize(&self.clocks, &self.core, &self.platform, outgoing).await
    }

    /// The headers with the token that the rules give a request's origin. [`Client::authorize`] signs requests too.
    ///
    /// # Errors
    /// `origin_not_allowed`; `bad_config` for an origin whose rule is `iam`; `signed_out`; network errors.
    pub async fn authorize_with_token(&self, outgoing: &Outgoing) -> Result<Authorized, Error> {
        access::authorize_with_token(&self.core, &self.platform, outgoing).await
    }

    /// The address of an AppSync API, and the headers that authorize a request to it.
    ///
    /// # Errors
    /// `bad_config` if the API is not configured; `bad_input` if the mode wants a token that was not given;
    /// `signed_out`; those of [`Client::sign`].
    pub async fn appsync(&self, input: &AppSyncRequest) -> Result<AppSyncAccess, Error> {
        access::appsync(&self.clocks, &self.core, &self.platform, input).await
    }

    /// Takes a service's clock from its answer to a request to `url`, which it refused for the time of its signature.
    /// Later signatures for this host follow it.
    pub fn correct_clock(&self, url: &str, server_time_ms: i64) {
        access::correct_clock(&self.clocks, &self.platform, url, server_time_ms);
    }

    /// The session's record as it is stored, with no request.
    ///
    /// # Errors
    /// `signed_out`; `storage_read`.
    pub async fn current_session(&self) -> Result<Rc<Session>, Error> {
        self.core.require(&self.platform).await
    }

    /// Tells the client of a session that the app has been shown before this client existed. If it is gone at the next look,
    /// `signedOut` is emitted.
    pub fn expect_session(&self, session_id: String) {
        self.core.expect_session(session_id);
    }

    /// The prefix of this client's keys in the storage.
    pub fn storage_prefix(&self) -> &str {
        self.core.storage_prefix()
    }

    /// Looks whether the session is still stored, after something other than the kit changed the storage, and emits
    /// `signedOut` if it is not. Call it on the browser's `storage` events for keys that were removed.
    ///
    /// # Errors
    /// `storage_read`.
    pub async fn recheck(&self) -> Result<(), Error> {
        self.core.load(&self.platform).await.map(drop)
    }

    /// Valid tokens. They are refreshed first if they are about to expire, or if `force` is set. `None` if nobody is signed
    /// in, or if the session has ended.
    ///
    /// # Errors
    /// Network errors, `service` errors that do not end the session, `lock_timeout`, `storage_read`.
    pub async fn fetch_auth_session(&self, force: bool) -> Result<Option<Rc<Session>>, Error> {
        match self.core.fresh(&self.platform, force).await {
            Ok(session) => Ok(Some(session)),
            Err(error) if ends_session(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The user's attributes (`GetUser`), as names and values.
    ///
    /// # Errors
    /// `signed_out`; `service`, such as `NotAuthorizedException`; network errors.
    pub async fn fetch_user_attributes(&self) -> Result<Vec<(String, String)>, Error> {
        let input = Value::object([]);
        let output = self.perform(&operations::FETCH_USER_ATTRIBUTES, &input).await?;
        let texts = output.members().unwrap_or_default().iter();
        Ok(texts.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect())
    }

    /// Signs out here and, if it can be reached, at Cognito. Returns the address that ends the hosted UI's session.
    ///
    /// # Errors
    /// `storage_write` if the stored session could not be removed; `bad_config` or `bad_input`, before anything is done, if
    /// there is no way to the hosted UI.
    pub async fn sign_out(&self, input: &SignOut) -> Result<SignedOut, Error> {
        self.sign_ins.forget(&self.core, &self.platform).await;
        redirect::sign_out(&self.core, &self.platform, input).await
    }

    /// Signs out as [`Client::sign_out`] does, and leaves the hosted UI's own session alone. `global` ends the user's sessions
    /// on all devices.
    ///
    /// # Errors
    /// `storage_write` if the stored session could not be removed.
    pub async fn sign_out_here(&self, global: bool) -> Result<SignedOut, Error> {
        self.sign_ins.forget(&self.core, &self.platform).await;
        sign_out::sign_out(&self.core, &self.platform, global).await
    }
}
