//! `20251106T090503Z`.

use chrono::{DateTime, NaiveDateTime};

const FORM: &str = "%Y%m%dT%H%M%SZ";

/// Milliseconds since 1970; only the exact form is read.
pub(super) fn parse(text: &str) -> Option<u64> {
    let time = NaiveDateTime::parse_from_str(text, FORM).ok()?.and_utc();
    let ms = u64::try_from(time.timestamp_millis()).ok()?;
    // chrono reads other spellings and leap seconds, too.
    (format(ms) == text).then_some(ms)
}

/// The `Date` header (RFC 9110, section 5.6.7).
pub(super) fn parse_http_date(text: &str) -> Option<u64> {
    u64::try_from(DateTime::parse_from_rfc2822(text).ok()?.timestamp_millis()).ok()
}

pub(super) fn format(ms: u64) -> String {
    let time = i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis).unwrap_or(DateTime::UNIX_EPOCH);
    time.format(FORM).to_string()
}
