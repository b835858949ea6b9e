//! AWS credentials, and the credentials of requests.

use std::rc::Rc;

use super::Client;
use crate::access::{self, AppSyncAccess, AppSyncRequest, Authorized, Outgoing, PresignRequest, SignRequest};
use crate::error::Error;
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::{AwsSession, CredentialsOptions};

impl<P: Platform> Client<P> {
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
}
