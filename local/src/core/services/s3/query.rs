//! The query of a request: what it says, and that nothing is in it that would be ignored.

use super::checksum::PREFIX;
use super::error::{S3Error, unsupported};
use crate::core::sigv4;
use crate::core::wire::http::HttpRequest;

/// What signs a presigned URL.
const OF_SIGNATURE: [&str; 7] = [
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-expires",
    "x-amz-security-token",
    "x-amz-signature",
    "x-amz-signedheaders",
];

/// Names and values, decoded.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let text = request.target.split_once('?').map_or("", |(_, query)| query);
        let decode = |text: &str| String::from_utf8_lossy(&sigv4::decode_form(text)).into_owned();
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        };
        Self(pairs.map(pair).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The request with those headers that a presigned URL carries in its query. Checksums stay out: SDKs make them of a body that
    /// they don't have yet.
    pub(super) fn lowered(&self, request: &HttpRequest) -> HttpRequest {
        let mut request = request.clone();
        if self.get("X-Amz-Algorithm").is_some() {
            let pairs = self.0.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
            request.headers.extend(pairs.filter(|(name, _)| {
                let is_about_bodies = name.starts_with(PREFIX) || name == "x-amz-sdk-checksum-algorithm";
                name.starts_with("x-amz-") && !OF_SIGNATURE.contains(&name.as_str()) && !is_about_bodies
            }));
        }
        request
    }

    /// # Errors
    /// `NotImplemented` when there is anything but these, the signature, and the name that SDKs give the operation.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), S3Error> {
        let passes = |name: &str| {
            known.contains(&name)
                || name == "x-id"
                || name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("X-Amz-"))
        };
        match self.0.iter().find(|(name, _)| !passes(name)) {
            Some((name, _)) => Err(unsupported(format_args!("the query parameter {name} here"))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_is_a_blank_unless_it_is_encoded() {
        let target = "/notes?prefix=my+folder%2Fa%2Bb%20c&flag&=x".into();
        let query = Query::of(&HttpRequest { target, ..HttpRequest::default() });
        assert_eq!(query.get("prefix"), Some("my folder/a+b c"));
        assert_eq!((query.get("flag"), query.get("")), (Some(""), Some("x")));
    }
}
