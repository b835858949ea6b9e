//! The canonical request: one text for all the ways to write the same request.

use super::Url;
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

/// Headers that what stands between changes or adds: never signed.
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
pub(super) fn is_signed(name: &str) -> bool {
    !UNSIGNED.contains(&name) && !name.starts_with("proxy-") && !name.starts_with("sec-") && name != "x-amzn-trace-id"
}

impl Canonical {
    /// Writes the canonical request. `headers` has names in any case, `host` among them; `payload` is the body's hash
    /// in hexadecimal or a word in its place.
    pub fn new(method: &str, url: &Url<'_>, headers: &[(&str, &str)], payload: &str, rule: PathRule) -> Self {
        let headers = canonical_headers(headers);
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        let signed_headers = names.join(";");
        let mut lines = String::new();
        for (name, value) in &headers {
            for part in [name, ":", value, "\n"] {
                lines.push_str(part);
            }
        }
        let path = canonical_path(url.path, rule);
        let query = canonical_query(url.query);
        let text = [method, &path, &query, &lines, &signed_headers, payload].join("\n");
        Self { text, signed_headers }
    }

    /// Its SHA-256 in hexadecimal.
    pub fn hash(&self) -> String {
        hex::encode(&sha256(&[self.text.as_bytes()]))
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
        let mut value = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
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

fn canonical_path(path: &str, rule: PathRule) -> String {
    let path = if path.is_empty() { "/" } else { path };
    let normalized;
    let path = match rule {
        PathRule::Encoded | PathRule::EncodedOnce => path,
        PathRule::Normalized => {
            normalized = normalize(path);
            &normalized
        }
    };
    let mut text = String::with_capacity(path.len());
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            text.push('/');
        }
        let decoded = match rule {
            // Browsers leave letters such as ! and ' as they are, and S3 does not.
            PathRule::EncodedOnce => percent::decode(segment),
            _ => segment.as_bytes().to_vec(),
        };
        percent::encode(&decoded, |letter| text.push(letter));
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

/// Every name and value encoded once, sorted by both as bytes.
fn canonical_query(query: &str) -> String {
    let encoded = |text: &str| {
        let mut encoded = String::with_capacity(text.len());
        percent::encode(&percent::decode(text), |letter| encoded.push(letter));
        encoded
    };
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
