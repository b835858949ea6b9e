//! Which second factor a user is asked for, checking it, and setting one up.

use super::MfaFactor;

/// What stands between a confirmed user's password and the tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SecondFactor {
    None,
    Ask(MfaFactor),
    Select(Vec<MfaFactor>),
    SetUp(Vec<MfaFactor>),
}
