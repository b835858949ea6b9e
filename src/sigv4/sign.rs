//! From a canonical request to a signature.

use super::{Canonical, PathRule, Url};
use crate::crypto::sha256::hmac_sha256;
use crate::encode::form::Form;
use crate::encode::hex;
use crate::secret::Secret;

/// Temporary credentials, or a user's.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// `AccessKeyId`
    pub access_key_id: String,
    /// `SecretAccessKey`
    pub secret_access_key: Secret<String>,
    /// `SessionToken` of temporary ones.
    pub session_token: Option<Secret<String>>,
}

/// What a signature is good for, beside the request itself.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// Region, such as `eu-west-1`.
    pub region: &'a str,
    /// Service, such as `execute-api`.
    pub service: &'a str,
    /// When: `yyyyMMddTHHmmssZ`.
    pub time: &'a str,
}

/// A signature and the steps to it.
pub struct Signed {
    /// The canonical request.
    pub canonical: Canonical,
    /// What is signed.
    pub string_to_sign: String,
    /// The signature in hexadecimal.
    pub signature: String,
    /// The header `Authorization`.
    pub authorization: String,
}

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Signs a request by its headers, which are to hold `host`, `x-amz-date` and, with temporary credentials,
/// `x-amz-security-token`. `payload` is the body's SHA-256 in hexadecimal, or a word in its place.
pub fn sign(
    credentials: &Credentials,
    scope: &Scope<'_>,
    method: &str,
    url: &Url<'_>,
    headers: &[(&str, &str)],
    payload: &str,
    rule: PathRule,
) -> Signed {
    let canonical = Canonical::new(method, url, headers, payload, rule);
    let (string_to_sign, signature) = signature(credentials, scope, &canonical);
    let authorization = [
        ALGORITHM,
        " Credential=",
        &credentials.access_key_id,
        "/",
        &scope.text(),
        ", SignedHeaders=",
        &canonical.signed_headers,
        ", Signature=",
        &signature,
    ]
    .concat();
    Signed { canonical, string_to_sign, signature, authorization }
}

/// A URL that carries its signature and is good for `expires_in` seconds (1 to 604,800). `headers` has `host`, and those
/// that the request is bound to send.
#[expect(clippy::too_many_arguments, reason = "each is a part of the request or of the signature")]
pub fn presign(
    credentials: &Credentials,
    scope: &Scope<'_>,
    method: &str,
    url: &Url<'_>,
    headers: &[(&str, &str)],
    payload: &str,
    rule: PathRule,
    expires_in: &str,
) -> (Secret<String>, Signed) {
    let names = Canonical::new(method, url, headers, payload, rule).signed_headers;
    let address = [url.scheme, "://", url.host, if url.path.is_empty() { "/" } else { url.path }].concat();
    let query = if url.query.is_empty() { "" } else { "?" };
    let mut form = Form::query_of(&[&address, query, url.query].concat());
    form.pair("X-Amz-Algorithm", ALGORITHM);
    form.pair("X-Amz-Credential", &[&credentials.access_key_id, "/", &scope.text()].concat());
    form.pair("X-Amz-Date", scope.time);
    form.pair("X-Amz-Expires", expires_in);
    form.pair("X-Amz-SignedHeaders", &names);
    if let Some(token) = &credentials.session_token {
        form.pair("X-Amz-Security-Token", token.expose_secret());
    }
    let unsigned = form.finish();
    let query = unsigned.expose_secret().split_once('?').map_or("", |(_, query)| query);
    let canonical = Canonical::new(method, &Url { query, ..*url }, headers, payload, rule);
    let (string_to_sign, signature) = signature(credentials, scope, &canonical);
    let signed_url = [unsigned.expose_secret(), "&X-Amz-Signature=", &signature].concat();
    (Secret::new(signed_url), Signed { canonical, string_to_sign, signature, authorization: String::new() })
}

impl Scope<'_> {
    fn date(&self) -> &str {
        self.time.get(..8).unwrap_or_default()
    }

    fn text(&self) -> String {
        [self.date(), self.region, self.service, "aws4_request"].join("/")
    }
}

fn signature(credentials: &Credentials, scope: &Scope<'_>, canonical: &Canonical) -> (String, String) {
    let string_to_sign = [ALGORITHM, scope.time, &scope.text(), &canonical.hash()].join("\n");
    let first = Secret::new(["AWS4", credentials.secret_access_key.expose_secret()].concat());
    let mut key = Secret::new(hmac_sha256(first.expose_secret().as_bytes(), &[scope.date().as_bytes()]));
    for part in [scope.region, scope.service, "aws4_request"] {
        key = Secret::new(hmac_sha256(key.expose_secret(), &[part.as_bytes()]));
    }
    let signature = hex::encode(&hmac_sha256(key.expose_secret(), &[string_to_sign.as_bytes()]));
    (string_to_sign, signature)
}
