//! The date forms that Cognito sends and reads.

use chrono::{DateTime, NaiveDateTime};

const SRP_TIMESTAMP: &str = "%a %b %-d %H:%M:%S UTC %Y";

/// The `Date` header (RFC 9110, section 5.6.7).
pub(crate) fn http_date(now_ms: u64) -> String {
    format(now_ms, "%a, %d %b %Y %H:%M:%S GMT")
}

/// An SRP `TIMESTAMP` such as `Thu Nov 6 09:05:03 UTC 2025`, in milliseconds since 1970. Only the exact form is read.
pub(crate) fn parse_srp_timestamp(text: &str) -> Option<u64> {
    let time = NaiveDateTime::parse_from_str(text, SRP_TIMESTAMP).ok()?.and_utc();
    let milliseconds = u64::try_from(time.timestamp_millis()).ok()?;
    // chrono also reads padded days and other spellings; writing it again shows whether it was ours.
    (format(milliseconds, SRP_TIMESTAMP) == text).then_some(milliseconds)
}

/// Epoch seconds with a fraction, the form of dates in the JSON API.
pub(crate) fn epoch_seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}

/// `20251106090503`, the form of a domain's version.
pub(crate) fn compact(ms: u64) -> String {
    format(ms, "%Y%m%d%H%M%S")
}

/// `20251106090503Z`, the form of dates in certificates (GeneralizedTime).
pub(crate) fn der_date(ms: u64) -> String {
    format(ms, "%Y%m%d%H%M%SZ")
}

/// `2025-11-06T09:05:03Z`, the form of dates in XML.
pub(crate) fn xml_date(ms: u64) -> String {
    format(ms, "%Y-%m-%dT%H:%M:%SZ")
}

/// A date of XML Schema with a time zone, in milliseconds since 1970.
pub(crate) fn parse_xml_date(text: &str) -> Option<u64> {
    u64::try_from(DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis()).ok()
}

fn format(ms: u64, form: &str) -> String {
    let time = i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis).unwrap_or(DateTime::UNIX_EPOCH);
    time.format(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_timestamp_vector_is_read_to_the_second() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/timestamps.json");
        let vectors: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 36);
        for case in cases {
            let ms = case["epoch_ms"].as_u64().unwrap();
            assert_eq!(parse_srp_timestamp(case["timestamp"].as_str().unwrap()), Some(ms / 1000 * 1000), "{case}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "Thu Nov 06 09:05:03 UTC 2025",
            "Fri Nov 6 09:05:03 UTC 2025",
            "Thu Nov 6 9:05:03 UTC 2025",
            "Thu Nov  6 09:05:03 UTC 2025",
            "thu nov 6 09:05:03 UTC 2025",
            "Thu Nov 6 09:05:03 GMT 2025",
            "2025-11-06T09:05:03Z",
            "",
        ] {
            assert_eq!(parse_srp_timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn the_date_header_is_an_imf_fixdate() {
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
