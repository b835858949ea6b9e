//! The canonical request: one text for all the ways to write the same request.

use super::SignableRequest;
use crate::crypto::sha256::sha256;
use crate::encode::{hex, percent};

/// How a service wants the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathRule {
    /// Dots and double slashes resolved, every segment encoded once more: all services but S3.
    Normalized,
    /// Every segment encoded once more.
    Encoded,
    /// Every segment encoded exactly once, however it is sent: S3, where dots and slashes belong to the key.
    EncodedOnce,
}

/// The canonical request and what else of it is needed.
pub struct Canonical {
    /// The whole text.
    pub text: String,
    /// Names of the signed headers, sorted, with `;` between.
    pub signed_headers: String,
}

/// Headers that proxies and browsers change or add: never signed.
const UNSIGNED: [&str; 13] = [
    "authorization",
    "cache-control",
    "connection",
    "expect",
    "from",
    "keep-alive",
    "max-forwards",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Whether a header, in lower case, is signed.
fn is_signed(name: &str) -> bool {
    !UNSIGNED.contains(&name) && !name.starts_with("proxy-") && !name.starts_with("sec-") && name != "x-amzn-trace-id"
}

impl Canonical {
    /// Writes the canonical request.
    pub(super) fn of(request: &SignableRequest<'_>, query: &str, headers: SignedHeaders) -> Self {
        let path = canonical_path(request.url.path, request.path_rule);
        let query = canonical_query(query);
        let SignedHeaders { names, lines } = headers;
        let text = [request.method, &path, &query, &lines, &names, request.payload].join("\n");
        Self { text, signed_headers: names }
    }

    /// Its SHA-256 in hexadecimal.
    pub fn hash(&self) -> String {
        hex::encode(&sha256(&[self.text.as_bytes()]))
    }
}

/// The headers that a signature covers.
pub(super) struct SignedHeaders {
    /// Their names in lower case and sorted, with `;` between.
    pub(super) names: String,
    /// A line for each of them.
    lines: String,
}

impl SignedHeaders {
    pub(super) fn of(headers: &[(&str, &str)]) -> Self {
        let headers = canonical_headers(headers);
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        let mut lines = String::new();
        for (name, value) in &headers {
            for part in [name, ":", value, "\n"] {
                lines.push_str(part);
            }
        }
        Self { names: names.join(";"), lines }
    }
}

/// Names in lower case and sorted, values of the same name joined, white space folded.
fn canonical_headers(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut canonical: Vec<(String, String)> = Vec::new();
    for (name, value) in headers {
        let name = name.trim().to_ascii_lowercase();
        if !is_signed(&name) {
            continue;
        }
        let mut value = folded(value);
        if name == "host" {
            // Browsers send it so, however the URL was written.
            value.make_ascii_lowercase();
        }
        match canonical.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => {
                values.push(',');
                values.push_str(&value);
            }
            None => insert_sorted(&mut canonical, (name, value)),
        }
    }
    canonical
}

/// A value without white space around it, and with a blank for each within.
fn folded(value: &str) -> String {
    let mut folded = String::with_capacity(value.len());
    for word in value.split_ascii_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

fn canonical_path(path: &str, rule: PathRule) -> String {
    let path = if path.is_empty() { "/" } else { path };
    let sent = match rule {
        PathRule::Normalized => normalize(path).into_bytes(),
        PathRule::Encoded => path.as_bytes().to_vec(),
        // S3 signs its key, however the path spells it: browsers leave letters such as ! and ' as they are, an encoded
        // slash is one of the key, and a plus is a blank.
        PathRule::EncodedOnce => percent::decode(&plus_as_blank(path)),
    };
    let mut text = String::with_capacity(sent.len());
    for (index, segment) in sent.split(|&letter| letter == b'/').enumerate() {
        if index > 0 {
            text.push('/');
        }
        text.push_str(&percent::encode(segment));
    }
    text
}

/// Resolves dots and double slashes; a slash at the end stays. As AWS's own signers do it, not quite as RFC 3986 section
/// 5.2.4, where a dot at the end leaves a slash.
fn normalize(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            other => kept.push(other),
        }
    }
    let end = if path.ends_with('/') && !kept.is_empty() { "/" } else { "" };
    ["/", &kept.join("/"), end].concat()
}

/// Every plus as the blank that a form means by it (URL Standard, "application/x-www-form-urlencoded parsing").
pub(super) fn plus_as_blank(text: &str) -> String {
    text.replace('+', "%20")
}

/// Every name and value encoded once, sorted by both as bytes.
fn canonical_query(query: &str) -> String {
    let query = plus_as_blank(query);
    let encoded = |text: &str| percent::encode(&percent::decode(text));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(name, _)| *name != "X-Amz-Signature")
        .map(|(name, value)| (encoded(name), encoded(value)));
    let mut sorted: Vec<(String, String)> = Vec::new();
    for pair in pairs {
        insert_sorted(&mut sorted, pair);
    }
    let pairs: Vec<String> = sorted.iter().map(|(name, value)| [name, "=", value].concat()).collect();
    pairs.join("&")
}

/// Puts a pair where it belongs: for a few of them, and a fortieth of the code that a sort brings along.
fn insert_sorted(sorted: &mut Vec<(String, String)>, pair: (String, String)) {
    let place = sorted.iter().rposition(|known| *known <= pair).map_or(0, |before| before + 1);
    sorted.insert(place, pair);
}
