//! Second factors, and which factors the user has.

use super::super::challenge::SECOND_FACTORS;
use super::super::field::{Field, Kind};
use super::super::operation::{Caller, Effect, Operation};
use super::super::output::{Output, Words};
use crate::error::{EmptyField, ResponseProblem};
use crate::platform::Retry;

/// Gives the user a new secret for an authenticator app.
pub const SET_UP_TOTP: Operation = Operation {
    name: "AssociateSoftwareToken",
    method: "setUpTOTP",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Throttled,
    input: &[],
    output: &[Output::text("SecretCode", "sharedSecret").required(ResponseProblem::SecretCode)],
};

/// Proves with a code that the authenticator app has the secret.
pub const VERIFY_TOTP_SETUP: Operation = Operation {
    name: "VerifySoftwareToken",
    method: "verifyTOTPSetup",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Never,
    input: &[
        Field::new("code", "UserCode", Kind::Code).required(EmptyField::VerifyTotpSetupCode),
        Field::new("options.friendlyDeviceName", "FriendlyDeviceName", Kind::Text),
    ],
    output: &[Output::accepted("Status", "SUCCESS")],
};

/// Returns the user's second factors.
pub const FETCH_MFA_PREFERENCE: Operation = Operation {
    name: "GetUser",
    method: "fetchMFAPreference",
    caller: Caller::User,
    effect: Effect::Reads,
    retry: Retry::Transient,
    input: &[],
    output: &[ENABLED, PREFERRED],
};

/// Turns second factors on and off, and says which one the user prefers.
pub const UPDATE_MFA_PREFERENCE: Operation = Operation {
    name: "SetUserMFAPreference",
    method: "updateMFAPreference",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Transient,
    input: &[
        Field::new("sms", "SMSMfaSettings", PREFERENCE),
        Field::new("totp", "SoftwareTokenMfaSettings", PREFERENCE),
        Field::new("email", "EmailMfaSettings", PREFERENCE),
        Field::new("passkey", "WebAuthnMfaSettings", Kind::Preference(&["ENABLED", "DISABLED"])),
    ],
    output: &[],
};

/// Returns what the user can sign in with.
pub const FETCH_AUTH_FACTORS: Operation = Operation {
    name: "GetUserAuthFactors",
    method: "fetchAuthFactors",
    caller: Caller::User,
    effect: Effect::Reads,
    retry: Retry::Transient,
    input: &[],
    output: &[
        Output::text("Username", "username"),
        Output::words("ConfiguredUserAuthFactors", "factors", &[]),
        ENABLED,
        PREFERRED,
    ],
};

const PREFERENCE: Kind = Kind::Preference(&["ENABLED", "DISABLED", "PREFERRED", "NOT_PREFERRED"]);

const ENABLED: Output = Output::words("UserMFASettingList", "enabled", TYPES);

const PREFERRED: Output = Output::words("PreferredMfaSetting", "preferred", TYPES);

/// Amplify's words for the second factors.
const TYPES: Words = &SECOND_FACTORS;
