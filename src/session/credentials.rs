//! Temporary AWS credentials: their record, and whether it is fresh.

use std::rc::Rc;

use super::fingerprint;
use super::lifetime::Lifetime;
use crate::json::{Value, Writer};
use crate::secret::Secret;
use crate::sigv4::Credentials;

const VERSION: i64 = 1;
/// Credentials are renewed this long before they expire, or after nine tenths of a shorter life.
const MARGIN_MS: i64 = 300_000;
/// Up to this much earlier, so that many pages don't renew at once.
const JITTER_MS: i64 = 60_000;
/// Cognito and STS issue no credentials with a longer life.
const LONGEST_LIFE_MS: i64 = 43_200_000;
/// The life of credentials if the server's clock cannot be read and their life by the local clock makes no sense.
const USUAL_LIFE_MS: i64 = 3_000_000;

/// An identity and its credentials.
pub struct AwsSession {
    /// The identity in the identity pool: `<region>:<uuid>`.
    pub identity_id: String,
    /// The credentials.
    pub credentials: Credentials,
    /// When they expire, in milliseconds since 1970 by the server's clock.
    pub expires_at_ms: i64,
    /// The user's key, a hash; empty for a guest.
    pub(super) user: String,
    lifetime: Lifetime,
    clock_offset_ms: i64,
}

/// New credentials, and the server's time of the response.
pub(super) struct Granted {
    pub(super) identity_id: String,
    pub(super) credentials: Credentials,
    pub(super) expires_at_ms: i64,
    pub(super) server_time_ms: Option<i64>,
}

impl AwsSession {
    pub(super) fn new(granted: Granted, user: String, now_ms: i64) -> Self {
        let server_now_ms = granted.server_time_ms.unwrap_or(now_ms);
        let duration_ms = granted.expires_at_ms.saturating_sub(server_now_ms);
        let is_plausible = (1..=LONGEST_LIFE_MS).contains(&duration_ms);
        let duration_ms = if is_plausible { duration_ms } else { USUAL_LIFE_MS };
        Self {
            identity_id: granted.identity_id,
            credentials: granted.credentials,
            expires_at_ms: granted.expires_at_ms,
            user,
            lifetime: Lifetime { received_at_ms: now_ms, duration_ms },
            clock_offset_ms: server_now_ms.saturating_sub(now_ms),
        }
    }

    /// Whether they can be used without a renewal. The jitter, 0 to 255, is different in each page.
    pub(super) fn is_fresh(&self, now_ms: i64, jitter: u8) -> bool {
        let margin_ms = MARGIN_MS.min(self.lifetime.duration_ms / 10);
        let early_ms = JITTER_MS.min(margin_ms / 2) * i64::from(jitter) / 255;
        self.lifetime.has_left(now_ms, margin_ms + early_ms)
    }

    /// Whether they can be used at all.
    pub(super) const fn is_valid(&self, now_ms: i64) -> bool {
        self.lifetime.has_left(now_ms, 0)
    }

    /// When they expire by the local clock, in milliseconds since 1970.
    pub const fn expires_here_at_ms(&self) -> i64 {
        self.lifetime.expires_at_ms()
    }

    /// The server's time, derived from the local clock, for signatures.
    pub(crate) const fn server_now_ms(&self, now_ms: i64) -> i64 {
        now_ms.saturating_add(self.clock_offset_ms)
    }

    /// Names these credentials without revealing them.
    pub(crate) fn fingerprint(&self) -> i64 {
        fingerprint(&self.credentials.access_key_id)
    }

    /// Whether they belong to a guest.
    pub fn is_guest(&self) -> bool {
        self.user.is_empty()
    }

    pub(super) fn to_stored(&self) -> Secret<String> {
        let mut json = Writer::object();
        json.integer("v", VERSION);
        json.str("user", &self.user);
        json.str("identityId", &self.identity_id);
        json.str("accessKeyId", &self.credentials.access_key_id);
        json.secret("secretAccessKey", &self.credentials.secret_access_key);
        json.secret_if("sessionToken", self.credentials.session_token.as_ref());
        json.integer("expiresAt", self.expires_at_ms);
        json.integer("receivedAt", self.lifetime.received_at_ms);
        json.integer("life", self.lifetime.duration_ms);
        json.integer("clockOffset", self.clock_offset_ms);
        json.finish()
    }

    /// Reads a stored record. `None` if it is unreadable; request new credentials then.
    pub(super) fn from_stored(text: &str) -> Option<Rc<Self>> {
        let json = Value::parse(text).filter(|json| json.integer("v") == Some(VERSION))?;
        Some(Rc::new(Self {
            identity_id: json.string("identityId")?,
            credentials: Credentials {
                access_key_id: json.string("accessKeyId")?,
                secret_access_key: json.secret("secretAccessKey")?,
                session_token: json.secret("sessionToken"),
            },
            expires_at_ms: json.integer("expiresAt")?,
            user: json.string("user")?,
            lifetime: Lifetime {
                received_at_ms: json.integer("receivedAt")?,
                duration_ms: json.integer("life")?.min(LONGEST_LIFE_MS),
            },
            clock_offset_ms: json.integer("clockOffset")?,
        }))
    }
}
