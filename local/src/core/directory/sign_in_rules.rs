//! The rules of a pool about what `sign_in` holds.

use super::second_factor::SecondFactor;
use super::sign_in::NextStep;
use super::{AcrLevel, AppClient, Attempt, MfaFactor, User, UserPool, UserStatus};
use crate::core::wire::error::{
    ServiceError, not_authorized, reset_required, user_disabled, user_not_found, wrong_password,
};

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

    /// Whether a user who has proven the first factor may sign in, and what must be done before: first what the state of the user asks
    /// for, then the second factor, then the device.
    ///
    /// # Errors
    /// `NotAuthorizedException` for a disabled user or a temporary password that has expired, `UserNotConfirmedException`,
    /// `PasswordResetRequiredException`.
    pub(crate) fn next_step(&self, attempt: &Attempt, now_ms: u64) -> Result<NextStep, ServiceError> {
        let user = self.find(&attempt.username).ok_or_else(wrong_password)?;
        Ok(self.with_device(attempt, user, self.step_of_user(attempt, user, now_ms)?))
    }

    /// The next step but for the device.
    pub(super) fn step_of_user(&self, attempt: &Attempt, user: &User, now_ms: u64) -> Result<NextStep, ServiceError> {
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
            UserStatus::Confirmed if !attempt.lacks_second_factor() => Ok(NextStep::Nothing),
            UserStatus::Confirmed => Ok(match self.second_factor_of(attempt, user)? {
                SecondFactor::None => NextStep::Nothing,
                SecondFactor::Ask(factor) => NextStep::Mfa(factor),
                SecondFactor::Select(choices) => NextStep::SelectMfa(choices),
                SecondFactor::SetUp(choices) => NextStep::SetUpMfa(choices),
            }),
        }
    }

    /// What follows the password: what the level asks for that the sign-in is to reach, otherwise what pool and user ask for. "MFA is a
    /// floor … At most, the target can influence which of several enabled MFA factors Amazon Cognito prompts for" (Developer Guide,
    /// "Step-up authentication with the USER_AUTH flow").
    pub(super) fn second_factor_of(&self, attempt: &Attempt, user: &User) -> Result<SecondFactor, ServiceError> {
        let level = attempt.target.as_ref().map(|target| target.level).filter(|level| *level >= AcrLevel::Three);
        let Some(level) = level else { return self.settings.second_factor(user) };
        let choices = self.settings.factors_for(level, user);
        let preferred = user.mfa.preferred().filter(|preferred| choices.contains(preferred));
        match (choices[..].first(), preferred) {
            (None, _) => Err(not_authorized("Invalid session for the user.")),
            (_, Some(factor)) => Ok(SecondFactor::Ask(factor)),
            (Some(only), _) if choices.len() == 1 => Ok(SecondFactor::Ask(*only)),
            _ => Ok(SecondFactor::Select(choices)),
        }
    }

    /// Checks that a second factor may still be given: user and pool may have changed since it was asked for.
    ///
    /// # Errors
    /// As [`Self::next_step`]; `NotAuthorizedException` when another step is to be done.
    pub(crate) fn expect_mfa(&self, attempt: &Attempt, factor: MfaFactor, now_ms: u64) -> Result<(), ServiceError> {
        let asked = match self.step_without_device(attempt, now_ms)? {
            NextStep::Mfa(asked) => asked == factor,
            NextStep::SelectMfa(choices) => choices.contains(&factor),
            _ => false,
        };
        asked.then_some(()).ok_or_else(|| not_authorized("Invalid session for the user."))
    }

    /// Checks that the device may still prove itself.
    ///
    /// # Errors
    /// As [`Self::expect_mfa`].
    pub(crate) fn expect_device(&self, attempt: &Attempt, now_ms: u64) -> Result<(), ServiceError> {
        let asked = self.next_step(attempt, now_ms)? == NextStep::DeviceSrp;
        asked.then_some(()).ok_or_else(|| not_authorized("Invalid session for the user."))
    }

    /// Checks that a second factor may still be set up. Without this, an app could be set up by a password alone for a user who has set
    /// up another in between.
    ///
    /// # Errors
    /// As [`Self::expect_mfa`].
    pub(crate) fn expect_set_up(&self, attempt: &Attempt, factor: MfaFactor, now_ms: u64) -> Result<(), ServiceError> {
        match self.step_without_device(attempt, now_ms)? {
            NextStep::SetUpMfa(choices) if choices.contains(&factor) => Ok(()),
            _ => Err(not_authorized("Invalid session for the user.")),
        }
    }

    /// The answer to a step may name a device that the step did not know of.
    pub(super) fn step_without_device(&self, attempt: &Attempt, now_ms: u64) -> Result<NextStep, ServiceError> {
        let user = self.find(&attempt.username).ok_or_else(wrong_password)?;
        self.step_of_user(attempt, user, now_ms)
    }
}

pub(super) const DAY_MS: u64 = 24 * 3600 * 1000;
