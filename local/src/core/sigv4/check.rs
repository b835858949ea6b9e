//! Checking a signature.

use super::canonical::{UNSIGNED, hash, hex};
use super::claimed::{Claimed, Place};
use super::refusal::Refusal;
use super::rules::Rules;
use super::scope::hmac;
use super::{canonical, time};
use crate::core::wire::http::HttpRequest;

/// What is known about an access key.
pub(crate) struct Signer<'a> {
    pub(crate) secret: &'a str,
    /// Of temporary credentials.
    pub(crate) token: Option<&'a str>,
    /// When temporary credentials end, in milliseconds since 1970.
    pub(crate) expires_ms: Option<u64>,
}

/// Checks who signed a request: the access key id.
///
/// # Errors
/// [`Refusal`].
pub(crate) fn check<'k>(
    request: &HttpRequest,
    rules: &Rules<'_>,
    now_ms: u64,
    signer: impl FnOnce(&str) -> Option<Signer<'k>>,
) -> Result<String, Refusal> {
    let claimed = Claimed::read(request)?;
    scope_is_right(&claimed, rules)?;
    let signer = signer(&claimed.access_key_id).ok_or(Refusal::UnknownKey)?;
    if claimed.token.as_deref() != signer.token {
        return Err(Refusal::WrongToken);
    }
    if signer.expires_ms.is_some_and(|expires| now_ms >= expires) {
        return Err(Refusal::ExpiredToken);
    }
    in_time(&claimed, rules, now_ms)?;
    headers_are_signed(request, &claimed, rules)?;
    let payload = payload(request, &claimed, rules)?;
    let canonical = canonical::request(request, &claimed, rules, &payload);
    let to_sign = string_to_sign(&claimed, &canonical);
    let signature = hex(&hmac(&claimed.scope.signing_key(signer.secret), &to_sign));
    // Whoever can measure a local emulator's time can also read its memory.
    if signature != claimed.signature {
        let shown = match &claimed.token {
            Some(token) => canonical.replace(token.as_str(), "(the session token)"),
            None => canonical,
        };
        return Err(Refusal::Mismatch { canonical: shown, to_sign });
    }
    Ok(claimed.access_key_id)
}

pub(super) fn string_to_sign(claimed: &Claimed, canonical: &str) -> String {
    format!("AWS4-HMAC-SHA256\n{}\n{}\n{}", claimed.time, claimed.scope.text(), hash(canonical.as_bytes()))
}

fn scope_is_right(claimed: &Claimed, rules: &Rules<'_>) -> Result<(), Refusal> {
    let scope = &claimed.scope;
    if scope.region != rules.region {
        return Err(Refusal::Scope(format!("Credential should be scoped to a valid region, not '{}'.", scope.region)));
    }
    if scope.service != rules.service {
        return Err(Refusal::Scope(format!("Credential should be scoped to correct service: '{}'.", rules.service)));
    }
    if !claimed.time.starts_with(&scope.date) {
        return Err(Refusal::Scope(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', from '{}'.",
            scope.date,
            &claimed.time[..8],
            claimed.time,
        )));
    }
    Ok(())
}

fn in_time(claimed: &Claimed, rules: &Rules<'_>, now_ms: u64) -> Result<(), Refusal> {
    let window_ms = rules.skew_minutes * 60_000;
    let minutes = rules.skew_minutes;
    let (signed, now) = (&claimed.time, time::format(now_ms));
    if claimed.time_ms > now_ms.saturating_add(window_ms) {
        let limit = time::format(now_ms.saturating_add(window_ms));
        let text = format!("Signature not yet current: {signed} is still later than {limit} ({now} + {minutes} min.)");
        return Err(Refusal::Skew { text, signed_ms: claimed.time_ms });
    }
    match claimed.place {
        Place::Query { expires_s } if now_ms >= claimed.time_ms.saturating_add(expires_s * 1000) => {
            Err(Refusal::Expired { expired_ms: claimed.time_ms.saturating_add(expires_s * 1000), seconds: expires_s })
        }
        Place::Header if now_ms > claimed.time_ms.saturating_add(window_ms) => {
            let limit = time::format(now_ms.saturating_sub(window_ms));
            let text = format!("Signature expired: {signed} is now earlier than {limit} ({now} - {minutes} min.)");
            Err(Refusal::Skew { text, signed_ms: claimed.time_ms })
        }
        Place::Query { .. } | Place::Header => Ok(()),
    }
}

/// `host` must be signed; in S3 every `x-amz-*` header, too.
fn headers_are_signed(request: &HttpRequest, claimed: &Claimed, rules: &Rules<'_>) -> Result<(), Refusal> {
    let signed = |name: &str| claimed.signed_headers.iter().any(|other| other == name);
    if !signed("host") {
        let text = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
        return Err(Refusal::Scope(text.into()));
    }
    let sorted = claimed.signed_headers.is_sorted();
    if !sorted || claimed.signed_headers.iter().any(|name| name.bytes().any(|byte| byte.is_ascii_uppercase())) {
        return Err(Refusal::Incomplete("SignedHeaders must be in lower case and sorted.".into()));
    }
    let names = request.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    let mut unsigned: Vec<String> = names.filter(|name| name.starts_with("x-amz-") && !signed(name)).collect();
    unsigned.sort();
    if rules.is_s3 && !unsigned.is_empty() { Err(Refusal::UnsignedHeaders(unsigned.join(", "))) } else { Ok(()) }
}

/// What stands for the body: its hash, or the word that it is not covered.
pub(super) fn payload(request: &HttpRequest, claimed: &Claimed, rules: &Rules<'_>) -> Result<String, Refusal> {
    let declared = request.header("x-amz-content-sha256");
    match (declared, claimed.place) {
        (None, Place::Query { .. }) if rules.is_s3 => return Ok(UNSIGNED.into()),
        (None, Place::Header) if rules.is_s3 => return Err(Refusal::MissingHash),
        // Streams have words of their own, which only S3 reads.
        (Some(word), _) if word == UNSIGNED || rules.is_s3 && word.starts_with("STREAMING-") => return Ok(word.into()),
        _ => {}
    }
    let actual = hash(&request.body);
    if declared.is_some_and(|declared| declared != actual) { Err(Refusal::WrongHash { actual }) } else { Ok(actual) }
}
