//! What stands between a user and the tokens. The API and the hosted pages ask the same questions here.

use super::MfaFactor;

/// What a user must do before the sign-in goes on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NextStep {
    /// Prove the device that the sign-in names.
    DeviceSrp,
    /// Choose another password: [`UserPool::replace_temporary_password`].
    NewPassword,
    /// Nothing: tokens may be issued.
    Nothing,
    /// Give a code: [`UserPool::check_mfa`].
    Mfa(MfaFactor),
    /// Choose one of these second factors.
    SelectMfa(Vec<MfaFactor>),
    /// Set up one of these second factors, such as an app: [`UserPool::start_totp`], then [`UserPool::finish_totp`].
    SetUpMfa(Vec<MfaFactor>),
}
