//! What can go wrong between leaving for a sign-in page and coming back with tokens.

/// What an authorization server answered (RFC 6749 sections 4.1.2.1 and 5.2).
#[derive(Clone, Debug)]
pub struct OAuthError {
    /// Its `error`, such as `access_denied`.
    pub error: String,
    /// Its `error_description`, in which Cognito passes on what a trigger or a provider said.
    pub description: String,
    /// The HTTP status, if it was an answer to a request and not to a redirect.
    pub status: Option<u16>,
}

/// The longest part of a server's text that is passed on, in bytes.
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

    /// Takes in what a server said. Texts of unreasonable length are cut.
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

/// Why an arrival at the redirect URI was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlowFault {
    /// It took longer than a flow lives.
    Expired,
    /// The page was left or reloaded while the flow was being finished.
    Interrupted,
    /// It carries neither a code nor an error.
    NoCode,
    /// It came to another URL than the flow's callback URL, so it may be another server's.
    OtherCallback,
    /// This browser has not begun a flow with this `state`, or not in this tab.
    Unknown,
    /// The flow with this `state` has been finished before.
    Used,
}

impl FlowFault {
    /// All there are.
    pub const ALL: [Self; 6] =
        [Self::Expired, Self::Interrupted, Self::NoCode, Self::OtherCallback, Self::Unknown, Self::Used];

    /// The reason in snake case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "flow_expired",
            Self::Interrupted => "flow_interrupted",
            Self::NoCode => "flow_no_code",
            Self::OtherCallback => "flow_other_callback",
            Self::Unknown => "flow_unknown",
            Self::Used => "flow_used",
        }
    }

    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Expired => "The sign-in took too long.",
            Self::Interrupted => "The page was left while the sign-in was being finished.",
            Self::NoCode => "The sign-in page sent back neither a code nor an error.",
            Self::OtherCallback => "The answer came to another URL than the callback URL of this sign-in.",
            Self::Unknown => "This sign-in was not begun here.",
            Self::Used => "This sign-in has been finished before.",
        }
    }
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenFault {
    /// `alg` is not RS256.
    Algorithm,
    /// `at_hash` is not of the access token that came along.
    AtHash,
    /// `aud` or `client_id` is another client.
    Audience,
    /// The user authenticated longer ago than was asked for, or `auth_time` is missing.
    AuthTime,
    /// `exp` is past.
    Expired,
    /// `iat` is too long ago or in the future.
    IssuedFarOff,
    /// `iss` is not the expected issuer.
    Issuer,
    /// It is no compact JWS of JSON objects, or its times make no sense.
    Malformed,
    /// A claim that every token has is missing.
    MissingClaim,
    /// `nonce` is not that of the request.
    Nonce,
    /// `nbf` is in the future.
    NotYetValid,
    /// The signature is not of the key.
    Signature,
    /// `sub` is not the user it should be.
    Subject,
    /// `kid` is missing or none of the issuer's keys.
    UnknownKey,
    /// `token_use` is another one.
    Use,
}

impl TokenFault {
    /// All there are.
    pub const ALL: [Self; 15] = [
        Self::Algorithm,
        Self::AtHash,
        Self::Audience,
        Self::AuthTime,
        Self::Expired,
        Self::IssuedFarOff,
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
            Self::IssuedFarOff => "wrong_issue_time",
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
