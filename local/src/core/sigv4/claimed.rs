//! What a request says about its own signature.

use super::form_encoding::{decode_form, pairs};
use super::pair::Pair;
use super::refusal::Refusal;
use super::scope::Scope;
use super::time;
use crate::core::wire::http::HttpRequest;
use crate::core::wire::region::is_region;

/// Where a signature stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Header,
    /// A presigned URL, good for so many seconds.
    Query {
        expires_s: u64,
    },
}

/// A signature that nobody has checked.
#[derive(Debug)]
pub(super) struct Claimed {
    pub(super) access_key_id: String,
    pub(super) scope: Scope,
    /// In the order in which they are named.
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: String,
    /// `yyyyMMddTHHmmssZ`, as it goes into the string to sign.
    pub(super) time: String,
    pub(super) time_ms: u64,
    pub(super) token: Option<String>,
    pub(super) place: Place,
}

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// A presigned URL lives for a week at the most.
const LONGEST_S: u64 = 604_800;

/// The parts of an `Authorization` header.
struct Parts {
    access_key_id: String,
    scope: Scope,
    signed_headers: Vec<String>,
    signature: String,
}

/// The access key id and the region that the `Authorization` header of a request names, if only these are asked.
///
/// # Errors
/// [`Refusal`] where there is none, it is not well-formed, or there can be no such region.
pub(crate) fn key_and_region(request: &HttpRequest) -> Result<(String, String), Refusal> {
    let header = request.header("Authorization").ok_or(Refusal::Missing)?;
    let Parts { access_key_id, scope: Scope { region, .. }, .. } = Parts::read(header)?;
    if !is_region(&region) {
        return Err(Refusal::Scope(format!("Credential should be scoped to a valid region, not '{region}'.")));
    }
    Ok((access_key_id, region))
}

/// The service that a request is signed for, if only that is asked: what tells services apart that share an address.
pub(crate) fn service(request: &HttpRequest) -> Option<String> {
    if let Some(header) = request.header("Authorization") {
        return Parts::read(header).ok().map(|parts| parts.scope.service);
    }
    let query = request.target.split_once('?')?.1;
    let credential = value(&pairs(query), "X-Amz-Credential")?;
    Scope::of_credential(&credential).map(|(_, scope)| scope.service)
}

impl Parts {
    /// The header itself stays out of the texts: it may be somebody's token.
    fn read(header: &str) -> Result<Self, Refusal> {
        let rest = header.strip_prefix(ALGORITHM).filter(|rest| rest.starts_with(' '));
        let part = |name: &str| {
            let found = rest?.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
            found.filter(|text| !text.is_empty())
        };
        let found = ["Credential", "Signature", "SignedHeaders"].map(|name| part(name).ok_or(name));
        let [Ok(credential), Ok(signature), Ok(headers)] = found else {
            let missing = found.into_iter().filter_map(Result::err);
            let texts = missing.map(|name| format!("Authorization header requires '{name}' parameter."));
            return Err(Refusal::Incomplete(texts.collect::<Vec<_>>().join(" ")));
        };
        if signature.len() != 64 || signature.bytes().any(|byte| !byte.is_ascii_hexdigit()) {
            return Err(Refusal::Incomplete("Signature must be 64 hexadecimal digits.".into()));
        }
        let (access_key_id, scope) = Scope::of_credential(credential).ok_or_else(|| malformed(credential))?;
        let signed_headers = headers.split(';').map(str::to_owned).collect();
        Ok(Self { access_key_id, scope, signed_headers, signature: signature.into() })
    }
}

impl Claimed {
    /// # Errors
    /// [`Refusal`] without a signature, or with one that lacks a part.
    pub(super) fn read(request: &HttpRequest) -> Result<Self, Refusal> {
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        let query = pairs(query);
        match request.header("Authorization") {
            Some(header) => Self::from_header(request, header),
            None if value(&query, "X-Amz-Algorithm").is_some() => Self::from_query(&query),
            None => Err(Refusal::Missing),
        }
    }

    fn from_header(request: &HttpRequest, header: &str) -> Result<Self, Refusal> {
        let Parts { access_key_id, scope, signed_headers, signature } = Parts::read(header)?;
        let date = request.header("X-Amz-Date").and_then(|text| Some((text.to_owned(), time::parse(text)?)));
        let date = date.or_else(|| {
            let ms = time::parse_http_date(request.header("Date")?)?;
            Some((time::format(ms), ms))
        });
        let (time, time_ms) = date.ok_or_else(|| {
            let text = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
            Refusal::Incomplete(text.into())
        })?;
        let token = request.header("X-Amz-Security-Token").map(str::to_owned);
        Ok(Self { access_key_id, scope, signed_headers, signature, time, time_ms, token, place: Place::Header })
    }

    fn from_query(query: &[Pair]) -> Result<Self, Refusal> {
        let names = ["X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature"];
        if value(query, "X-Amz-Algorithm").as_deref() != Some(ALGORITHM) {
            return Err(Refusal::Incomplete(format!("X-Amz-Algorithm must be {ALGORITHM}.")));
        }
        if let Some(name) = names.iter().find(|name| value(query, name).is_none_or(|text| text.is_empty())) {
            return Err(Refusal::Incomplete(format!("AWS query-string parameters must include '{name}'.")));
        }
        let text = |name: &str| value(query, name).unwrap_or_default();
        let (access_key_id, scope) =
            Scope::of_credential(&text("X-Amz-Credential")).ok_or_else(|| malformed(&text("X-Amz-Credential")))?;
        let time = text("X-Amz-Date");
        let time_ms = time::parse(&time)
            .ok_or_else(|| Refusal::Incomplete("X-Amz-Date must be in the form yyyyMMddTHHmmssZ.".into()))?;
        let expires_s = text("X-Amz-Expires").parse().ok().filter(|seconds| (1..=LONGEST_S).contains(seconds));
        let expires_s = expires_s
            .ok_or_else(|| Refusal::Incomplete("X-Amz-Expires must be a number of seconds, 1 to 604800.".into()))?;
        Ok(Self {
            access_key_id,
            scope,
            signed_headers: text("X-Amz-SignedHeaders").split(';').map(str::to_owned).collect(),
            signature: text("X-Amz-Signature"),
            time,
            time_ms,
            token: value(query, "X-Amz-Security-Token"),
            place: Place::Query { expires_s },
        })
    }
}

fn value(query: &[Pair], name: &str) -> Option<String> {
    query
        .iter()
        .find(|(n, _)| decode_form(n) == name.as_bytes())
        .map(|(_, value)| String::from_utf8_lossy(&decode_form(value)).into_owned())
}

fn malformed(credential: &str) -> Refusal {
    // Only what stands where the scope should be: the rest could be anything.
    let parts = credential.split('/').count();
    Refusal::Incomplete(format!(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got {parts}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_form_of_a_signature_is_accepted() {
        let digits = "0".repeat(64);
        let good = format!(
            "AWS4-HMAC-SHA256 Credential=A/20250101/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature={digits}"
        );
        assert_eq!(Parts::read(&good).unwrap().access_key_id, "A");
        assert!(Parts::read(&good.replace(", ", ",")).is_ok());
        for (from, to) in [
            ("AWS4", "AWS3"),
            ("A/2", "/2"),
            ("2025", "20x5"),
            ("aws4_request", "aws4"),
            ("host", ""),
            ("Signature=0", "Signature="),
        ] {
            assert!(Parts::read(&good.replacen(from, to, 1)).is_err(), "{from}");
        }
        for other in ["Bearer secret", "secret", ""] {
            let Err(Refusal::Incomplete(text)) = Parts::read(other) else { panic!("{other}") };
            assert!(text.contains("requires 'Credential' parameter") && !text.contains("secret"), "{text}");
        }
    }
}
