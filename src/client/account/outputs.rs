//! What calls return.

use crate::flow::sign_in::{FirstFactor, SecondFactor};
use crate::idp::software_token::setup_uri;
use crate::json::Value;
use crate::secret::Secret;

/// The secret of an authenticator app.
#[derive(Clone, Debug)]
pub struct TotpSetup {
    /// The secret in base32, to be typed.
    pub secret: Secret<String>,
}

/// The user's second factors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MfaPreference {
    /// Those that the user can be asked for.
    pub enabled: Vec<SecondFactor>,
    /// The one that the user is asked for first.
    pub preferred: Option<SecondFactor>,
}

/// What the user can sign in with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthFactors {
    /// The user name.
    pub username: String,
    /// The first factors that the user has set up.
    pub factors: Vec<FirstFactor>,
    /// The second factors.
    pub mfa: MfaPreference,
}

/// A session of the user, on any device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserSession {
    /// Its ID.
    pub session_id: String,
    /// `TOKEN` for a sign-in of an app, `SSO` for one at the hosted UI.
    pub session_type: Option<String>,
    /// The app client that the user signed in to.
    pub client_id: Option<String>,
    /// When it began, in seconds since 1970.
    pub created_at: Option<i64>,
    /// When it was used last, in seconds since 1970.
    pub last_active_at: Option<i64>,
    /// The kind of device.
    pub device_type: Option<String>,
    /// The address that it was used from last.
    pub last_ip_address: Option<String>,
    /// The city of this address.
    pub city: Option<String>,
    /// The country of this address.
    pub country: Option<String>,
    /// The session of the hosted UI that it came from.
    pub origin_session_id: Option<String>,
    /// Whether it is this one.
    pub is_current: bool,
}

/// A page of the user's sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserSessions {
    /// The sessions.
    pub sessions: Vec<UserSession>,
    /// Names the next page: see [`super::AccountRequest::page`]. `None` on the last page.
    pub next_token: Option<String>,
}

impl TotpSetup {
    /// The address that authenticator apps take, from a QR code or a link. They show `app` and `account`.
    pub fn uri(&self, app: &str, account: &str) -> Secret<String> {
        setup_uri(&self.secret, app, account)
    }
}

impl From<&Value> for TotpSetup {
    fn from(output: &Value) -> Self {
        Self { secret: output.secret("sharedSecret").unwrap_or_default() }
    }
}

impl From<&Value> for MfaPreference {
    fn from(output: &Value) -> Self {
        Self {
            enabled: texts(output, "enabled").filter_map(SecondFactor::from_name).collect(),
            preferred: output.str("preferred").and_then(SecondFactor::from_name),
        }
    }
}

impl From<&Value> for AuthFactors {
    fn from(output: &Value) -> Self {
        Self {
            username: output.string("username").unwrap_or_default(),
            factors: texts(output, "factors").filter_map(FirstFactor::from_name).collect(),
            mfa: output.into(),
        }
    }
}

impl From<&Value> for UserSession {
    fn from(output: &Value) -> Self {
        let location = |name| output.get("lastLocation").and_then(|location| location.string(name));
        Self {
            session_id: output.string("sessionId").unwrap_or_default(),
            session_type: output.string("sessionType"),
            client_id: output.string("clientId"),
            created_at: output.integer("createDate"),
            last_active_at: output.integer("lastActiveDate"),
            device_type: output.string("deviceType"),
            last_ip_address: output.string("lastIPAddress"),
            city: location("city"),
            country: location("country"),
            origin_session_id: output.string("originSessionId"),
            is_current: output.get("isCurrentSession").and_then(Value::as_bool).unwrap_or_default(),
        }
    }
}

impl From<&Value> for UserSessions {
    fn from(output: &Value) -> Self {
        let list = output.get("sessions").and_then(Value::elements).unwrap_or_default();
        Self { sessions: list.iter().map(UserSession::from).collect(), next_token: output.string("nextToken") }
    }
}

fn texts<'a>(output: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    output.get(name).and_then(Value::elements).unwrap_or_default().iter().filter_map(Value::as_str)
}
