//! What a call of the app client carries beside its input.

use super::Core;
use crate::config::UserPool;
use crate::error::Error;
use crate::idp::AppCall;
use crate::platform::Platform;

impl Core {
    /// What a call of the app client for this user name carries.
    ///
    /// # Errors
    /// `bad_config` without a user pool.
    pub(crate) fn app_call<'a, P: Platform>(&'a self, platform: &P, username: &'a str) -> Result<AppCall<'a>, Error> {
        Ok(app_call(platform, self.config.require_user_pool()?, username))
    }
}

pub(super) fn app_call<'a, P: Platform>(platform: &P, pool: &'a UserPool, username: &'a str) -> AppCall<'a> {
    AppCall { pool, username, user_context: platform.user_context(username, pool.id(), pool.client_id()) }
}
