//! Errors of a sign-in by redirect, and of the tokens that it brings.

/// An error of an authorization server (RFC 6749 sections 4.1.2.1 and 5.2).
#[derive(Clone, Debug)]
pub struct OAuthError {
    /// Its `error`, such as `access_denied`.
    pub error: String,
    /// Its `error_description`; in Cognito's, the message of a trigger or of a provider.
    pub description: String,
    /// The HTTP status, if the error answered a request and did not come by a redirect.
    pub status: Option<u16>,
}

/// Longer texts of a server are cut; in bytes.
const LONGEST_TEXT: usize = 500;

impl OAuthError {
    /// The errors that RFC 6749, RFC 6750 and OpenID Connect Core name.
    pub const KNOWN: [&'static str; 16] = [
        "access_denied",
        "account_selection_required",
        "consent_required",
        "insufficient_scope",
        "interaction_required",
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "invalid_token",
        "login_required",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
        "unsupported_grant_type",
        "unsupported_response_type",
    ];

    /// An error with these texts, cut where they are unreasonably long.
    pub fn new(error: &str, description: &str, status: Option<u16>) -> Self {
        Self { error: cut(error), description: cut(description), status }
    }

    /// The error, if it is one that a specification names.
    pub fn reason(&self) -> Option<&'static str> {
        Self::KNOWN.iter().find(|name| **name == self.error).copied()
    }

    pub(super) fn retryable(&self) -> bool {
        self.throttled() || matches!(self.error.as_str(), "temporarily_unavailable" | "server_error")
    }

    pub(super) fn throttled(&self) -> bool {
        self.status == Some(429)
    }
}

fn cut(text: &str) -> String {
    let end = (0..=LONGEST_TEXT).rev().find(|&end| text.is_char_boundary(end)).unwrap_or_default();
    text.get(..end).unwrap_or(text).to_owned()
}

/// Why a response at the redirect URI is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlowFault {
    /// The user came back to the page without a response, by the browser's back button.
    Cancelled,
    /// It came after the flow had expired.
    Expired,
    /// The page was closed or reloaded before the flow was finished.
    Interrupted,
    /// It contains neither a code nor an error.
    NoCode,
    /// It came to another URL than the flow's callback URL, so it may be another server's.
    OtherCallback,
    /// This browser did not start a flow with this `state`, or not in this tab.
    Unknown,
    /// The flow with this `state` is already finished.
    Used,
}

impl FlowFault {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Cancelled,
        Self::Expired,
        Self::Interrupted,
        Self::NoCode,
        Self::OtherCallback,
        Self::Unknown,
        Self::Used,
    ];

    /// The reason in snake case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "flow_cancelled",
            Self::Expired => "flow_expired",
            Self::Interrupted => "flow_interrupted",
            Self::NoCode => "flow_no_code",
            Self::OtherCallback => "flow_other_callback",
            Self::Unknown => "flow_unknown",
            Self::Used => "flow_used",
        }
    }

    pub(super) const TEXTS: [&'static str; 7] = {
        let mut texts = [""; 7];
        let mut at = 0;
        while at < texts.len() {
            texts[Self::ALL[at] as usize] = Self::ALL[at].message();
            at += 1;
        }
        texts
    };

    const fn message(self) -> &'static str {
        match self {
            Self::Cancelled => "The user came back without signing in.",
            Self::Expired => "The sign-in took too long.",
            Self::Interrupted => "The page was closed or reloaded before the sign-in was finished.",
            Self::NoCode => "The sign-in page returned neither a code nor an error.",
            Self::OtherCallback => "The answer came to another URL than the callback URL of this sign-in.",
            Self::Unknown => "This browser did not start this sign-in.",
            Self::Used => "This sign-in is already finished.",
        }
    }
}

/// Why a token failed verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenFault {
    /// `alg` is not RS256.
    Algorithm,
    /// `at_hash` does not match the access token.
    AtHash,
    /// `aud` or `client_id` is another client.
    Audience,
    /// The user authenticated longer ago than `max_age` allows, or `auth_time` is missing.
    AuthTime,
    /// `exp` is in the past.
    Expired,
    /// `iat` is too long ago or in the future.
    IssuedAt,
    /// `iss` is not the expected issuer.
    Issuer,
    /// It is not a compact JWS of JSON objects, or its times make no sense.
    Malformed,
    /// A required claim is missing.
    MissingClaim,
    /// `nonce` is not the request's.
    Nonce,
    /// `nbf` is in the future.
    NotYetValid,
    /// The signature does not match the key.
    Signature,
    /// `sub` is another user.
    Subject,
    /// `kid` is missing, or the issuer has no such key.
    UnknownKey,
    /// `token_use` is another use.
    Use,
}

impl TokenFault {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Algorithm,
        Self::AtHash,
        Self::Audience,
        Self::AuthTime,
        Self::Expired,
        Self::IssuedAt,
        Self::Issuer,
        Self::Malformed,
        Self::MissingClaim,
        Self::Nonce,
        Self::NotYetValid,
        Self::Signature,
        Self::Subject,
        Self::UnknownKey,
        Self::Use,
    ];

    /// The reason in snake case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Algorithm => "wrong_algorithm",
            Self::AtHash => "wrong_at_hash",
            Self::Audience => "wrong_audience",
            Self::AuthTime => "wrong_auth_time",
            Self::Expired => "token_expired",
            Self::IssuedAt => "wrong_issue_time",
            Self::Issuer => "wrong_issuer",
            Self::Malformed => "malformed_token",
            Self::MissingClaim => "missing_claim",
            Self::Nonce => "wrong_nonce",
            Self::NotYetValid => "token_not_yet_valid",
            Self::Signature => "wrong_signature",
            Self::Subject => "wrong_subject",
            Self::UnknownKey => "unknown_key",
            Self::Use => "wrong_token_use",
        }
    }
}
