//! The texts of errors: what Rust apps read as [`Error::message`](super::Error::message) and
//! [`Error::recovery_suggestion`](super::Error::recovery_suggestion). The npm wasm has none of them. `errors.js`, which is made of
//! these tables, has them for its pages.

use std::borrow::Cow;

use super::{
    EmptyField, FlowFault, Misuse, PasskeyFault, ResponseProblem, SettingProblem, SignInFault, SrpProblem, ValueProblem,
};

/// A code and its messages. Where a code has several rows, they continue each other. `{}` stands for
/// [`Error::detail`](super::Error::detail).
pub const MESSAGES: &[(&str, &[&str])] = &[
    ("aborted", &["The operation was aborted."]),
    ("bad_config", SettingProblem::TEXTS),
    ("bad_input", &EmptyField::TEXTS),
    ("bad_input", &Misuse::TEXTS),
    ("bad_input", ValueProblem::TEXTS),
    ("callback", &["A function of the app failed: {}"]),
    ("invalid_response", ResponseProblem::TEXTS),
    ("lock_timeout", &["Another tab has held the session lock for too long."]),
    // The first sentence is Amplify's.
    ("network", &["A network error has occurred. There was no answer from {}."]),
    ("no_credentials", &["Nobody is signed in, and guest access is not allowed."]),
    ("no_crypto", &["Verifying a signature needs WebCrypto: https, or localhost."]),
    ("no_fetch", &["globalThis.fetch is missing, or its response has no status or no readable body."]),
    ("no_random", &["The browser's random number generator failed."]),
    (
        "oauth",
        &["The sign-in was refused: {}.", "The session lacks the openid scope: sign in through the hosted UI with it."],
    ),
    ("origin_not_allowed", &["The setting origins has no rule for {}."]),
    ("passkey", &PasskeyFault::TEXTS),
    ("redirect_flow", &FlowFault::TEXTS),
    ("reply_too_large", &["The answer of {} is too large."]),
    ("sign_in", &SignInFault::TEXTS),
    // These numbers pass between tabs, which may have different versions: they stay.
    (
        "signed_out",
        &["User needs to be authenticated to call this API.", "The stored session was removed, but not by signOut()."],
    ),
    ("srp_refused", SrpProblem::TEXTS),
    ("storage_read", &["The storage for the session cannot be read."]),
    ("storage_write", &["The storage for the session cannot be written."]),
    ("timeout", &["{} did not answer in time."]),
    ("token_invalid", &["The token failed verification: {}."]),
];

/// Advice: a code, the reason, the name or the detail that it is for, and the text. Without one of these it is for all errors
/// with the code that have no advice of their own.
pub const SUGGESTIONS: &[(&str, &str, &str)] = &[
    ("service", "already_confirmed", "The sign-up is already confirmed: sign in."),
    (
        "service",
        "attempt_limit",
        "Wait a few minutes before the next attempt: each failed attempt makes the wait longer.",
    ),
    ("service", "attribute_not_writable", "Allow the app client to write the attribute (WriteAttributes)."),
    (
        "service",
        "client_has_secret",
        "Set userPool.clientSecret to a function that asks your server for the hash, or use an app client without a secret.",
    ),
    ("service", "code_used", "Wait for the app's next code: each code works once."),
    (
        "service",
        "device_unknown",
        "Fetch the list of devices again: this one was forgotten, or belongs to another user.",
    ),
    ("service", "factor_not_set_up", "Set the second factor up first, or verify the address that its codes go to."),
    ("service", "flow_not_enabled", "Allow the flow in the app client's ExplicitAuthFlows."),
    (
        "service",
        "insufficient_scope",
        "Sign in with the scope aws.cognito.signin.user.admin: add it to oauth.scopes, or sign in with a password.",
    ),
    (
        "service",
        "no_verified_address",
        "Ask an administrator to set a new password, or to verify an address of the user.",
    ),
    ("service", "recovery_by_admin_only", "Ask an administrator to set a new password."),
    ("service", "session_expired", "Start the sign-in again."),
    ("service", "session_used", "Start the sign-in again."),
    ("service", "refresh_reused", "Sign in again: a page was closed before it could store the new refresh token."),
    ("service", "sign_up_closed", "Ask an administrator to create the user."),
    (
        "service",
        "temporary_password",
        "Sign in with the temporary password, which then asks for a new one. If it is lost, an administrator can send another.",
    ),
    ("service", "temporary_password_expired", "Ask an administrator to send a new temporary password."),
    ("service", "user_disabled", "Ask an administrator to enable the user."),
    ("service", "access_revoked", "Sign in again."),
    ("service", "guests_not_allowed", "Sign in first, or allow guest access in the identity pool."),
    ("service", "login_expired", "Sign in with the provider again."),
    ("service", "login_invalid", PROVIDERS),
    ("service", "logins_mismatch", PROVIDERS),
    (
        "service",
        "role_ambiguous",
        "Choose one of the user's roles with roleArn, or add a default role to the role mapping.",
    ),
    (
        "service",
        "ResourceConflictException",
        "The login is linked to another identity: unlink it from that identity first.",
    ),
    (
        "service",
        "InvalidIdentityPoolConfigurationException",
        "Check the identity pool's roles and their trust policies, which must name the pool.",
    ),
    ("service", "AliasExistsException", "Another user has this address: use another one, or sign in as that user."),
    ("service", "CodeMismatchException", LATEST_CODE),
    (
        "service",
        "CodeDeliveryFailureException",
        "Check the address, and the pool's settings for mails and text messages.",
    ),
    (
        "service",
        "EnableSoftwareTokenMFAException",
        "Enter the app's current code. If it fails again, check the device's clock.",
    ),
    (
        "service",
        "ExpiredCodeException",
        "Request a new code: the method that sent this one, such as resendSignUpCode, sends it.",
    ),
    ("service", "ForbiddenException", "The pool's web ACL (AWS WAF) has blocked the request: check its rules."),
    (
        "service",
        "OperationNotEnabledException",
        "This region has a replica of the pool, which does not take this request: use the pool's primary region.",
    ),
    ("service", "PasswordHistoryPolicyViolationException", "Choose a password that the user has not had before."),
    ("service", "SoftwareTokenMFANotFoundException", "Turn authenticator apps on in the pool's MFA settings."),
    (
        "service",
        "UserLambdaValidationException",
        "The pool's Lambda trigger refused this: the message is the trigger's.",
    ),
    ("service", "UserNotConfirmedException", "Confirm the sign-up with confirmSignUp."),
    ("service", "PasswordResetRequiredException", "Choose a new password: resetPassword, then confirmResetPassword."),
    ("service", "InvalidPasswordException", "Choose a password that meets the pool's policy."),
    ("service", "UsernameExistsException", "Sign in, or choose another user name."),
    ("service", "WebAuthnChallengeNotFoundException", "Register the passkey again: a challenge lives for a minute."),
    ("service", "WebAuthnClientMismatchException", "Register the passkey with the app client that began it."),
    ("service", "WebAuthnConfigurationMissingException", PASSKEY_SETTINGS),
    ("service", "WebAuthnCredentialNotSupportedException", "Use another authenticator, one that verifies the user."),
    ("service", "WebAuthnNotEnabledException", PASSKEY_SETTINGS),
    ("service", "WebAuthnOriginNotAllowedException", PASSKEY_DOMAIN),
    ("service", "WebAuthnRelyingPartyMismatchException", PASSKEY_DOMAIN),
    ("service", "ResourceNotFoundException", "Check the pool IDs and the client ID in the configuration."),
    ("oauth", "", "Start the sign-in again."),
    ("oauth", "invalid_scope", "Check oauth.scopes: the app client must allow every scope."),
    ("oauth", "invalid_client", APP_CLIENT),
    ("oauth", "unauthorized_client", APP_CLIENT),
    ("oauth", "login_required", "Sign in again, without prompt: 'none'."),
    ("oauth", "invalid_token", "Sign in through the hosted UI with the openid scope."),
    ("redirect_flow", "", "Start the sign-in again."),
    (
        "redirect_flow",
        "flow_other_callback",
        "Register each callback URL with one server only, and serve it without redirecting it.",
    ),
    (
        "token_invalid",
        "",
        "Start the sign-in again. If it fails again, check for a proxy between this page and Cognito.",
    ),
    ("token_invalid", "unknown_key", SAME_POOL),
    ("token_invalid", "wrong_signature", SAME_POOL),
    ("token_invalid", "wrong_issuer", SAME_POOL),
    ("token_invalid", "token_expired", NEW_TOKEN),
    ("token_invalid", "wrong_issue_time", NEW_TOKEN),
    ("token_invalid", "token_not_yet_valid", NEW_TOKEN),
    ("network", "", CONNECTION),
    ("timeout", "", CONNECTION),
    ("reply_too_large", "", PROXY),
    ("invalid_response", "", PROXY),
    ("srp_refused", "", PROXY),
    ("no_fetch", "", "Check for a mock, a polyfill or a monitoring script that replaced globalThis.fetch."),
    ("sign_in", "no_sign_in", "Start the sign-in again with signIn."),
    ("sign_in", "superseded", "Answer the step of the later sign-in."),
    ("sign_in", "device_rejected", "Start the sign-in again with signIn: it asks for the second factor."),
    ("sign_in", "answer_under_way", "Wait for the result of the first answer."),
    ("storage_read", "", "Allow this site to store data, or use storage: 'memory'."),
    ("storage_write", "", "Free some of this site's storage, or use storage: 'memory'."),
    ("lock_timeout", "", "Try again. If it fails again, close frozen tabs of this site."),
    ("signed_out", "", "Sign in before calling this API."),
    ("signed_out", "storage_cleared", "Sign in again: the browser or a script cleared this site's storage."),
    ("origin_not_allowed", "", "Add the origin to origins, with auth: 'none' if it needs no credential."),
    ("no_credentials", "", "Sign in, or allow guest access: in the identity pool, and by allowGuestAccess."),
    ("no_random", "", "Use a browser with crypto.getRandomValues."),
    ("no_crypto", "", "Serve the page over https, or from localhost."),
    ("passkey", "", "Try again, or sign in with another factor."),
    ("passkey", "passkey_exists", "Use the passkey that is there, or delete it first."),
    ("passkey", "passkey_bad_options", "Check that the user pool allows WEB_AUTHN as a first factor."),
    ("passkey", "passkey_missing", "Let the user sign in with another factor, and register a passkey then."),
    (
        "passkey",
        "passkey_not_supported",
        "Serve the page over https, or from localhost, and in a frame with allow=\"publickey-credentials-get; \
         publickey-credentials-create\". Otherwise sign in with another factor.",
    ),
    ("passkey", "passkey_superseded", "There is nothing to do: the user is signed in."),
    ("passkey", "passkey_wrong_domain", PASSKEY_DOMAIN),
];

const APP_CLIENT: &str =
    "Check userPoolClientId. The client must have no secret and allow the authorization code grant.";
const CONNECTION: &str =
    "Check the connection and try again. A wrong endpoint and a CORS block look the same to a page.";
const LATEST_CODE: &str = "Enter the latest code: a new code replaces the older ones.";
const NEW_TOKEN: &str = "Get a new token. If new ones are refused too, check this device's clock.";
const PASSKEY_DOMAIN: &str = "Set the user pool's relying party ID to the page's domain, or to a domain above it.";
const PASSKEY_SETTINGS: &str = "Allow passkeys in the user pool: WEB_AUTHN as a first factor, and a relying party ID.";
const PROVIDERS: &str = "Check the identity pool's providers: their issuer and client ID must match the token's.";
const PROXY: &str = "Check the endpoint, and for a proxy between it and this page.";
const SAME_POOL: &str = "Check userPoolId and the domain or endpoint: they must belong to the same user pool.";

/// A message, with the detail in its place.
pub(super) fn message(code: &str, number: usize, detail: Option<&str>) -> Cow<'static, str> {
    let mut texts = MESSAGES.iter().filter(|(own, _)| *own == code).flat_map(|(_, texts)| *texts);
    let text = texts.nth(number).copied().unwrap_or_default();
    match text.split_once("{}") {
        Some((before, after)) => [before, detail.unwrap_or_default(), after].concat().into(),
        None => text.into(),
    }
}

/// The advice for the first of these words that has some, or else for the code.
pub(super) fn suggestion(code: &str, words: [Option<&str>; 3]) -> Option<&'static str> {
    let find = |word: &str| SUGGESTIONS.iter().find(|row| (row.0, row.1) == (code, word)).map(|row| row.2);
    words.into_iter().flatten().chain([""]).find_map(find)
}
