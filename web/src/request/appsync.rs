//! The authorization of requests to AppSync.

use poolpass::access::{AppSyncAccess, AppSyncRequest as Input};
use poolpass::appsync::Purpose;
use poolpass::config::{AppSyncApi, AuthMode};
use poolpass::error::Error;
use poolpass::secret::Secret;
use poolpass::session::CredentialsOptions;

use crate::{Auth, Operation};

/// A request to AppSync that is to be authorized: see [`Auth::appsync`].
#[must_use = "a request is sent by .await"]
pub struct AppSyncRequest {
    auth: Auth,
    input: Input,
}

impl Auth {
    /// The address and the headers of an HTTP request to the configured AppSync API with this JSON body. The app sends it,
    /// by POST and with the content type `application/json`.
    ///
    /// # Errors
    /// `bad_config` if the API is not configured; `bad_input` for a token that is missing or of no use; `signed_out`; those
    /// of [`Auth::session`] and [`Auth::credentials`].
    pub fn appsync(&self, api: AppSyncApi, body: &str) -> AppSyncRequest {
        let input = Input {
            api,
            purpose: Purpose::Http,
            body: body.to_owned(),
            auth_mode: None,
            auth_token: None,
            renew: false,
            credentials: CredentialsOptions::default(),
        };
        AppSyncRequest { auth: self.clone(), input }
    }
}

impl AppSyncRequest {
    /// For a real-time connection, or a message on it, instead of an HTTP request. A connection has the body `{}`.
    /// [`poolpass::appsync::header_protocol`] makes its sub-protocol of the headers.
    pub fn purpose(mut self, purpose: Purpose) -> Self {
        self.input.purpose = purpose;
        self
    }

    /// The authorization mode; the configured one unless given.
    pub fn auth_mode(mut self, auth_mode: AuthMode) -> Self {
        self.input.auth_mode = Some(auth_mode);
        self
    }

    /// The app's own token, for the modes `oidc` and `lambda`.
    pub fn auth_token(mut self, token: impl Into<Secret<String>>) -> Self {
        self.input.auth_token = Some(token.into());
        self
    }

    /// Renews the tokens or credentials first, after AppSync has refused them.
    pub fn renew(mut self) -> Self {
        self.input.renew = true;
        self
    }

    /// A login of another provider, as [`CredentialsRequest::login`](crate::CredentialsRequest::login).
    pub fn login(mut self, provider: &str, token: impl Into<Secret<String>>) -> Self {
        self.input.credentials.logins.push((provider.to_owned(), token.into()));
        self
    }
}

impl IntoFuture for AppSyncRequest {
    type Output = Result<AppSyncAccess, Error>;
    type IntoFuture = Operation<AppSyncAccess>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input } = self;
        let client = auth.client.clone();
        auth.run(async move { client.appsync(&input).await })
    }
}
