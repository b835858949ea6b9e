//! The table of the challenges: what the user is asked for, and under what name the answer is sent. Challenges that are not in it are
//! answered by the kit itself, or in their own way (`flow/sign_in/answer.rs`).
//!
//! Source: "RespondToAuthChallenge", Amazon Cognito user pools API Reference.

/// A challenge whose answer is one text.
#[derive(Debug)]
pub struct ChallengeRow {
    /// Cognito's name.
    pub name: &'static str,
    /// The member of `ChallengeResponses` that has the answer.
    pub answer: &'static str,
    /// What the answer is.
    pub kind: AnswerKind,
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// A code that was sent or shown, without the white space that comes along when it is copied.
    Code,
    /// Any text, sent as it is.
    Text,
    /// A password that the user has or chooses.
    Password,
    /// The name of a second factor. Amplify's short names stand for Cognito's.
    Factor,
}

/// The challenges whose answer is one text.
pub static ALL: [ChallengeRow; 9] = [
    row(SMS_MFA, "SMS_MFA_CODE", AnswerKind::Code),
    row(EMAIL_OTP, "EMAIL_OTP_CODE", AnswerKind::Code),
    row(SMS_OTP, "SMS_OTP_CODE", AnswerKind::Code),
    row(SOFTWARE_TOKEN_MFA, "SOFTWARE_TOKEN_MFA_CODE", AnswerKind::Code),
    row(CUSTOM_CHALLENGE, "ANSWER", AnswerKind::Text),
    row(NEW_PASSWORD_REQUIRED, "NEW_PASSWORD", AnswerKind::Password),
    row(PASSWORD, "PASSWORD", AnswerKind::Password),
    row(SELECT_MFA_TYPE, "ANSWER", AnswerKind::Factor),
    row(WEB_AUTHN, "CREDENTIAL", AnswerKind::Text),
];

const fn row(name: &'static str, answer: &'static str, kind: AnswerKind) -> ChallengeRow {
    ChallengeRow { name, answer, kind }
}

/// The row of a challenge.
pub fn find(name: &str) -> Option<&'static ChallengeRow> {
    ALL.iter().find(|row| row.name == name)
}

/// A code by text message, as second factor.
pub const SMS_MFA: &str = "SMS_MFA";
/// A code by text message, as first factor.
pub const SMS_OTP: &str = "SMS_OTP";
/// A code by e-mail, as first or second factor. Also the way to set it up.
pub const EMAIL_OTP: &str = "EMAIL_OTP";
/// A code of an authenticator app. Also the way to set it up.
pub const SOFTWARE_TOKEN_MFA: &str = "SOFTWARE_TOKEN_MFA";
/// What the pool's triggers ask.
pub const CUSTOM_CHALLENGE: &str = "CUSTOM_CHALLENGE";
/// A password in place of a temporary one.
pub const NEW_PASSWORD_REQUIRED: &str = "NEW_PASSWORD_REQUIRED";
/// The password as first factor, sent over TLS.
pub const PASSWORD: &str = "PASSWORD";
/// The password as first factor, proven by SRP.
pub const PASSWORD_SRP: &str = "PASSWORD_SRP";
/// The user chooses the first factor.
pub const SELECT_CHALLENGE: &str = "SELECT_CHALLENGE";
/// The user chooses the second factor.
pub const SELECT_MFA_TYPE: &str = "SELECT_MFA_TYPE";
/// The user sets a second factor up.
pub const MFA_SETUP: &str = "MFA_SETUP";
/// A passkey. The answer is what the browser makes of the options: JSON.
pub const WEB_AUTHN: &str = "WEB_AUTHN";
/// Proving by SRP that the user knows the password. The kit answers it.
pub const PASSWORD_VERIFIER: &str = "PASSWORD_VERIFIER";
/// The device proves itself by SRP. The kit answers it.
pub const DEVICE_SRP_AUTH: &str = "DEVICE_SRP_AUTH";
/// The device answers the service's part of its SRP exchange. The kit answers it.
pub const DEVICE_PASSWORD_VERIFIER: &str = "DEVICE_PASSWORD_VERIFIER";

/// The second factors: Cognito's names, each with Amplify's word.
pub const SECOND_FACTORS: [(&str, &str); 3] = [(SMS_MFA, "SMS"), (SOFTWARE_TOKEN_MFA, "TOTP"), (EMAIL_OTP, "EMAIL")];
