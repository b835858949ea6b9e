//! Which requests are S3's, and what bucket and key they are about.
//!
//! S3 shares the emulator's one port, and neither its paths nor its hosts may be rewritten on the way, as both are signed. So a request is
//! S3's if its host is `s3.localhost` or ends in `.s3.localhost`, if it is signed for the service `s3` and nothing else of the emulator is at
//! its path, or if a bucket has the name at the beginning of its path or of its host.

use super::bucket::Bucket;
use crate::core::services::hosted;
use crate::core::sigv4;
use crate::core::wire::http::HttpRequest;

/// What a request is about. Without a bucket it is about all of them, without a key about the bucket.
#[derive(Debug, PartialEq)]
pub(crate) struct Address {
    pub(super) bucket: Option<String>,
    /// Decoded; `Err` where it is not UTF-8.
    pub(super) key: Result<Option<String>, NotText>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct NotText;

impl Address {
    /// The address, if a request is S3's.
    pub(crate) fn of(request: &HttpRequest, region: &str, buckets: &[Bucket]) -> Option<Self> {
        let host = request.header("Host").unwrap_or_default().to_ascii_lowercase();
        let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
        let below = name.strip_suffix("localhost").and_then(|name| name.strip_suffix('.'));
        let regional = format!("s3.{region}");
        let own_host = ["s3", &regional].into_iter().find_map(|own| below?.strip_suffix(own));
        let own_host = own_host.filter(|rest| rest.is_empty() || rest.ends_with('.'));
        let known = |name: &str| buckets.iter().any(|bucket| bucket.name == name);
        let path = request.path().strip_prefix('/').unwrap_or_default();
        let host_bucket = match (own_host, below) {
            (Some(rest), _) => Some(rest.trim_end_matches('.')).filter(|bucket| !bucket.is_empty()),
            (None, other) => other,
        };
        let first = decode(path.split('/').next().unwrap_or_default());
        let is_s3 = own_host.is_some()
            || !first.as_deref().is_ok_and(is_taken) && sigv4::service(request).as_deref() == Some("s3")
            || host_bucket.map_or_else(|| first.as_deref().is_ok_and(known), known);
        is_s3.then(|| match host_bucket {
            Some(bucket) => Self { bucket: Some(bucket.into()), key: key(path) },
            None => match path.split_once('/') {
                _ if path.is_empty() => Self { bucket: None, key: Ok(None) },
                Some((_, rest)) => Self { bucket: first.ok(), key: key(rest) },
                None => Self { bucket: first.ok(), key: Ok(None) },
            },
        })
    }
}

/// First parts of paths that other services have.
const TAKEN: [&str; 6] = ["_poolpass", "api", "event", "graphql", "oauth2", "saml2"];

/// Whether the emulator has something else than a bucket at a path that begins so.
pub(crate) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name) || hosted::page(&format!("/{name}")).is_some()
}

fn key(path: &str) -> Result<Option<String>, NotText> {
    decode(path).map(|key| Some(key).filter(|key| !key.is_empty()))
}

/// Decodes escapes, and `+` as the blank that it is to S3.
fn decode(text: &str) -> Result<String, NotText> {
    String::from_utf8(sigv4::decode_form(text)).map_err(|_| NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(host: &str, target: &str, service: &str) -> Option<(Option<String>, Option<String>)> {
        let credential = format!("Credential=A/20251106/eu-west-1/{service}/aws4_request");
        let authorization = format!("AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature={}", "0".repeat(64));
        let mut headers = vec![("Host".to_owned(), host.to_owned())];
        if !service.is_empty() {
            headers.push(("Authorization".into(), authorization));
        }
        let request = HttpRequest { method: "GET".into(), target: target.into(), headers, ..HttpRequest::default() };
        let found = Address::of(&request, "eu-west-1", &[Bucket::named("notes")])?;
        Some((found.bucket, found.key.unwrap()))
    }

    #[test]
    fn buckets_stand_in_the_path_or_in_the_host() {
        let both = |bucket: &str, key: &str| Some((Some(bucket.to_owned()), Some(key.to_owned())));
        for (host, target, service, expected) in [
            ("localhost:9400", "/notes/a/b%20c+d?x=1", "s3", both("notes", "a/b c d")),
            ("localhost:9400", "/notes/a%2Bb", "s3", both("notes", "a+b")),
            ("localhost:9400", "/notes/a", "", both("notes", "a")),
            ("127.0.0.1:9400", "/other/a", "s3", both("other", "a")),
            ("s3.localhost:9400", "/other/a", "", both("other", "a")),
            ("s3.eu-west-1.localhost", "/other//a/", "", both("other", "/a/")),
            ("notes.s3.localhost:9400", "/a", "", both("notes", "a")),
            ("Notes.S3.eu-west-1.localhost", "/a", "", both("notes", "a")),
            ("a.b.s3.localhost", "/c", "", both("a.b", "c")),
            ("notes.localhost:9400", "/notes/a", "", both("notes", "notes/a")),
            ("other.localhost:9400", "/a", "s3", both("other", "a")),
            ("localhost:9400", "/notes", "", Some((Some("notes".into()), None))),
            ("localhost:9400", "/notes/", "s3", Some((Some("notes".into()), None))),
            ("notes.s3.localhost:9400", "/", "", Some((Some("notes".into()), None))),
            ("localhost:9400", "/", "s3", Some((None, None))),
        ] {
            assert_eq!(address(host, target, service), expected, "{host} {target} {service}");
        }
    }

    #[test]
    fn other_services_keep_what_is_theirs() {
        for (host, target, service) in [
            ("localhost:9400", "/", ""),
            ("localhost:9400", "/", "dynamodb"),
            ("localhost:9400", "/oauth2/token", ""),
            ("localhost:9400", "/api/iam/notes/shared", "execute-api"),
            ("localhost:9400", "/notesx/a", ""),
            ("localhost:9400", "/api/iam/notes/shared", "s3"),
            ("localhost:9400", "/login", "s3"),
            ("app.localhost:9400", "/notes/a", ""),
            ("s3x.localhost:9400", "/a", ""),
            ("xs3.localhost:9400", "/a", ""),
            ("s3.example", "/a", ""),
        ] {
            assert_eq!(address(host, target, service), None, "{host} {target}");
        }
    }
}
