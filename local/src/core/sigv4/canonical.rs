//! The canonical form of a request.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

use super::claimed::{Claimed, Place};
use super::form_encoding::{decode_form, pairs};
use super::rules::Rules;
use crate::core::wire::http::HttpRequest;

/// A body that the signature does not cover.
pub(super) const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// The canonical request.
pub(super) fn request(request: &HttpRequest, claimed: &Claimed, rules: &Rules<'_>, payload: &str) -> String {
    let query = request.target.split_once('?').map_or("", |(_, query)| query);
    let headers: String =
        claimed.signed_headers.iter().map(|name| format!("{name}:{}\n", header(request, name))).collect();
    [
        request.method.as_str(),
        &path(request.path(), rules),
        &canonical_query(query, claimed.place, rules),
        &headers,
        &claimed.signed_headers.join(";"),
        payload,
    ]
    .join("\n")
}

/// The path. Most services encode what was sent once more.
fn path(sent: &str, rules: &Rules<'_>) -> String {
    let sent = if rules.normalize_path { normalized(sent) } else { sent.to_owned() };
    let path = if rules.escape_path { encode(sent.as_bytes(), true) } else { encode(&decode_form(&sent), true) };
    if path.is_empty() { "/".into() } else { path }
}

/// RFC 3986, section 5.2.4, and empty segments removed.
fn normalized(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    let ends_open = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    let tail = if ends_open && !kept.is_empty() { "/" } else { "" };
    format!("/{}{tail}", kept.join("/"))
}

fn canonical_query(query: &str, place: Place, rules: &Rules<'_>) -> String {
    let mut all: Vec<(String, String)> = pairs(query)
        .into_iter()
        .map(|(name, value)| (encode(&decode_form(name), false), encode(&decode_form(value), false)))
        .collect();
    if place != Place::Header {
        all.retain(|(name, _)| {
            name != "X-Amz-Signature" && !(rules.token_after_signing && name == "X-Amz-Security-Token")
        });
    }
    all.sort();
    all.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// The values of a header, joined, with runs of blanks made one.
fn header(request: &HttpRequest, name: &str) -> String {
    let all = request.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
    let one = |value: &str| value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    all.map(|(_, value)| one(value)).collect::<Vec<_>>().join(",")
}

/// Escapes everything but unreserved characters (RFC 3986, section 2.3), and slashes if they are to stay.
pub(crate) fn encode(bytes: &[u8], slashes_stay: bool) -> String {
    let mut encoded = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(*byte)),
            b'/' if slashes_stay => encoded.push('/'),
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

/// Hexadecimal SHA-256.
pub(super) fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
