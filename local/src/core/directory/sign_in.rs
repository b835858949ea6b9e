//! What stands between a user and the tokens. The API and the hosted pages ask the same questions here.

use super::second_factor::SecondFactor;
use super::{AppClient, User, UserPool, UserStatus};
use crate::core::wire::error::{
    ServiceError, not_authorized, reset_required, user_disabled, user_not_found, wrong_password,
};

const DAY_MS: u64 = 24 * 3600 * 1000;

/// What a user must do after the right password.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NextStep {
    /// Choose another password: [`UserPool::replace_temporary_password`].
    NewPassword,
    /// Nothing: tokens may be issued.
    Nothing,
    /// Give a code: [`UserPool::check_totp`].
    TotpCode,
    /// Set up an authenticator app: [`UserPool::start_totp`], then [`UserPool::finish_totp`].
    TotpSetUp,
}

impl UserPool {
    /// Checks a password against the SRP verifier, which is all that is kept of it, and counts failures: the internal user name.
    ///
    /// # Errors
    /// `NotAuthorizedException` for a wrong password and under a lock; what else the client may be told about the user.
    pub(crate) fn check_password(
        &mut self,
        client: &AppClient,
        login: &str,
        password: &str,
        now_ms: u64,
    ) -> Result<String, ServiceError> {
        let user = self.may_be_told(client, login)?;
        let username = user.map_or_else(|| self.simulated_user(login).1, |user| user.username.clone());
        let right = user
            .and_then(|user| user.verifier.as_ref())
            .is_some_and(|verifier| verifier.matches(self.name(), &username, password));
        if self.lockout(&username).is_locked(now_ms) {
            return Err(not_authorized("Password attempts exceeded"));
        }
        if !right {
            self.lockout(&username).fail(now_ms);
            return Err(wrong_password());
        }
        self.forgive(&username);
        Ok(username)
    }

    /// The user of a sign-in name, before any proof of identity.
    ///
    /// # Errors
    /// `UserNotFoundException` and `PasswordResetRequiredException` (of a user without password), unless the client hides them.
    pub(crate) fn may_be_told(&self, client: &AppClient, login: &str) -> Result<Option<&User>, ServiceError> {
        let user = self.find(login);
        match user {
            _ if client.hides_unknown_users() => Ok(user),
            None => Err(user_not_found()),
            Some(user) if user.verifier.is_none() && user.status == UserStatus::ResetRequired => Err(reset_required()),
            Some(_) => Ok(user),
        }
    }

    /// Whether a user who has given the right password may sign in, and what must be done before.
    ///
    /// # Errors
    /// `NotAuthorizedException` for a disabled user or a temporary password that has expired, `UserNotConfirmedException`,
    /// `PasswordResetRequiredException`.
    pub(crate) fn next_step(&self, username: &str, now_ms: u64) -> Result<NextStep, ServiceError> {
        let user = self.find(username).ok_or_else(wrong_password)?;
        if !user.enabled {
            return Err(user_disabled());
        }
        match user.status {
            UserStatus::Unconfirmed => Err(ServiceError::new("UserNotConfirmedException", "User is not confirmed.")),
            UserStatus::ResetRequired => Err(reset_required()),
            UserStatus::ForceChangePassword => {
                let days = self.settings.password_policy().temporary_password_validity_days;
                let expires_ms = user.temporary_since_ms.map(|since| since.saturating_add(days * DAY_MS));
                if expires_ms.is_some_and(|at| now_ms >= at) {
                    return Err(not_authorized(
                        "Temporary password has expired and must be reset by an administrator.",
                    ));
                }
                Ok(NextStep::NewPassword)
            }
            // Nobody gave them a password.
            UserStatus::ExternalProvider => Err(wrong_password()),
            UserStatus::Confirmed => Ok(match self.settings.second_factor(user) {
                SecondFactor::None => NextStep::Nothing,
                SecondFactor::TotpCode => NextStep::TotpCode,
                SecondFactor::TotpSetUp => NextStep::TotpSetUp,
            }),
        }
    }

    /// Checks that a step which was begun is still the one to be done: user and pool may have changed meanwhile. Without this, an app
    /// could be set up by a password alone for a user who has set up another in between.
    ///
    /// # Errors
    /// As [`Self::next_step`]; `NotAuthorizedException` when another step is to be done.
    pub(crate) fn expect_step(&self, username: &str, step: NextStep, now_ms: u64) -> Result<(), ServiceError> {
        let same = self.next_step(username, now_ms)? == step;
        same.then_some(()).ok_or_else(|| not_authorized("Invalid session for the user."))
    }
}
