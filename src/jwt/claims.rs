//! The claims of a token. Reading is not believing: see [`super::Jws`] and [`super::Expected`].

use crate::encode::base64;
use crate::json::Value;
use crate::secret::Secret;

/// The claims of a token.
#[derive(Clone)]
pub struct Claims(Value);

impl Claims {
    pub(super) const fn new(json: Value) -> Self {
        Self(json)
    }

    /// Reads the claims of a compact JWS (RFC 7515 section 7.1). `None` if it is malformed.
    pub fn read(token: &str) -> Option<Self> {
        let mut parts = token.split('.');
        let (_header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let bytes = Secret::new(base64::decode(payload)?);
        let claims = Value::parse(std::str::from_utf8(bytes.expose_secret()).ok()?)?;
        claims.members()?;
        Some(Self(claims))
    }

    /// All claims.
    pub const fn json(&self) -> &Value {
        &self.0
    }

    /// `exp`: when the token expires, in milliseconds since 1970 by the server's clock.
    pub fn expires_at_ms(&self) -> Option<i64> {
        self.millis("exp")
    }

    /// `iat`: when the token was made, in milliseconds since 1970 by the server's clock.
    pub fn issued_at_ms(&self) -> Option<i64> {
        self.millis("iat")
    }

    /// A claim that is a time, in milliseconds since 1970.
    pub(crate) fn millis(&self, claim: &str) -> Option<i64> {
        self.0.integer(claim)?.checked_mul(1000)
    }

    /// `sub`: the user's immutable id.
    pub fn subject(&self) -> Option<&str> {
        self.0.str("sub")
    }

    /// `cognito:groups`: the groups that the user is in.
    pub fn groups(&self) -> Vec<&str> {
        let groups = self.0.get("cognito:groups").and_then(Value::elements).unwrap_or_default();
        groups.iter().filter_map(Value::as_str).collect()
    }

    /// The user name: `username` of an access token, `cognito:username` of an ID token.
    pub fn username(&self) -> Option<&str> {
        self.0.str("username").or_else(|| self.0.str("cognito:username"))
    }
}
