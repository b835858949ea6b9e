//! What a call of the app client carries beside its input.

use super::Core;
use crate::config::ClientSecret;
use crate::error::Error;
use crate::idp::AppCall;
use crate::idp::app_call::secret_hash;
use crate::platform::Platform;

impl Core {
    /// Collects what a call of the app client for this user name carries.
    ///
    /// # Errors
    /// `bad_config` without a user pool; the errors of the app's function that computes the hash.
    pub(crate) async fn app_call<P: Platform>(&self, platform: &P, username: &str) -> Result<AppCall<'_>, Error> {
        let pool = self.config.require_user_pool()?;
        let secret_hash = match pool.client_secret() {
            None => None,
            Some(ClientSecret::Value(secret)) => Some(secret_hash(secret, username, pool.client_id())),
            Some(ClientSecret::Function) => Some(platform.secret_hash(username).await?),
        };
        let user_context = platform.user_context(username, pool.id(), pool.client_id());
        Ok(AppCall { pool, secret_hash, user_context })
    }
}
