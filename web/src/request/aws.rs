//! AWS credentials, and signatures with them.

use std::rc::Rc;

use poolpass::access::{PresignRequest as PresignInput, SignRequest as SignInput};
use poolpass::crypto::sha256::sha256;
use poolpass::encode::hex;
use poolpass::error::Error;
use poolpass::secret::Secret;
use poolpass::session::{AwsSession, CredentialsOptions as CredentialsInput};

use super::outgoing::sent_form;
use crate::{Auth, Operation};

/// A request for AWS credentials: see [`Auth::credentials`].
#[must_use = "a request is sent by .await"]
pub struct CredentialsRequest {
    auth: Auth,
    input: CredentialsInput,
}

/// A request to sign: see [`Auth::sign`].
#[must_use = "a request is sent by .await"]
pub struct SignRequest {
    auth: Auth,
    input: SignInput,
}

/// A URL to sign: see [`Auth::presign`].
#[must_use = "a request is sent by .await"]
pub struct PresignRequest {
    auth: Auth,
    input: PresignInput,
}

impl Auth {
    /// Temporary AWS credentials of the user who is signed in, or of a guest. Requested once for all callers in all tabs,
    /// and renewed before they expire.
    ///
    /// # Errors
    /// `no_credentials` if nobody is signed in and guests are not allowed; `service`; network errors; `lock_timeout`.
    pub fn credentials(&self) -> CredentialsRequest {
        CredentialsRequest { auth: self.clone(), input: CredentialsInput::default() }
    }

    /// Signs a request (Signature Version 4): the headers to send beside its own. [`Auth::fetch`] does it by itself.
    ///
    /// # Errors
    /// `bad_input` if the service or the region is unknown; those of [`Auth::credentials`].
    pub fn sign(&self, method: &str, url: &str) -> SignRequest {
        let input = SignInput { method: method.to_owned(), url: url.to_owned(), ..SignInput::default() };
        SignRequest { auth: self.clone(), input }
    }

    /// A URL that contains its signature, good for 900 seconds unless [`PresignRequest::expires_in`] says otherwise.
    ///
    /// # Errors
    /// As [`Auth::sign`].
    pub fn presign(&self, method: &str, url: &str) -> PresignRequest {
        let request = SignInput { method: method.to_owned(), url: url.to_owned(), ..SignInput::default() };
        PresignRequest { auth: self.clone(), input: PresignInput { request, ..PresignInput::default() } }
    }
}

impl CredentialsRequest {
    /// Adds a login of another provider: its name in the identity pool, such as `accounts.google.com`, and its token.
    pub fn login(mut self, provider: &str, token: impl Into<Secret<String>>) -> Self {
        self.input.logins.push((provider.to_owned(), token.into()));
        self
    }

    /// One of the roles in the user's token.
    pub fn role(mut self, arn: &str) -> Self {
        self.input.role = Some(arn.to_owned());
        self
    }

    /// Replaces credentials that are still good.
    pub fn force_refresh(mut self) -> Self {
        self.input.force = true;
        self
    }
}

impl SignRequest {
    /// A header that will be sent.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.input.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The body that will be sent.
    pub fn body(mut self, body: &[u8]) -> Self {
        self.input.payload = Some(hex::encode(&sha256(&[body])));
        self
    }

    /// The service's signing name, such as `s3`, and the region, if the host does not name them.
    pub fn scope(mut self, service: &str, region: &str) -> Self {
        (self.input.service, self.input.region) = (Some(service.to_owned()), Some(region.to_owned()));
        self
    }

    /// A login of another provider, as [`CredentialsRequest::login`].
    pub fn login(mut self, provider: &str, token: impl Into<Secret<String>>) -> Self {
        self.input.credentials.logins.push((provider.to_owned(), token.into()));
        self
    }
}

impl PresignRequest {
    /// How long the URL is good, in seconds: 1 to 604,800, and never longer than the credentials.
    pub fn expires_in(mut self, seconds: u32) -> Self {
        self.input.expires_in = Some(seconds.into());
        self
    }

    /// A header that the request is bound to send.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.input.request.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The service's signing name, such as `s3`, and the region, if the host does not name them.
    pub fn scope(mut self, service: &str, region: &str) -> Self {
        let request = &mut self.input.request;
        (request.service, request.region) = (Some(service.to_owned()), Some(region.to_owned()));
        self
    }

    /// A login of another provider, as [`CredentialsRequest::login`].
    pub fn login(mut self, provider: &str, token: impl Into<Secret<String>>) -> Self {
        self.input.request.credentials.logins.push((provider.to_owned(), token.into()));
        self
    }
}

impl IntoFuture for CredentialsRequest {
    type Output = Result<Rc<AwsSession>, Error>;
    type IntoFuture = Operation<Rc<AwsSession>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input } = self;
        let client = auth.client.clone();
        auth.run(async move { client.aws_session(&input).await })
    }
}

impl IntoFuture for SignRequest {
    type Output = Result<Vec<(&'static str, Secret<String>)>, Error>;
    type IntoFuture = Operation<Vec<(&'static str, Secret<String>)>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, mut input } = self;
        let client = auth.client.clone();
        auth.run(async move {
            input.url = sent_form(&input.url)?;
            client.sign(&input).await
        })
    }
}

impl IntoFuture for PresignRequest {
    type Output = Result<Secret<String>, Error>;
    type IntoFuture = Operation<Secret<String>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, mut input } = self;
        let client = auth.client.clone();
        auth.run(async move {
            input.request.url = sent_form(&input.request.url)?;
            client.presign(&input).await
        })
    }
}
