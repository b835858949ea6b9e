//! From a canonical request to a signature.

use super::canonical::{SignedHeaders, plus_as_blank};
use super::{Canonical, PathRule, SigningKey, Url};
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

/// A request as a signature covers it.
#[derive(Clone, Copy)]
pub struct SignableRequest<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The URL, as it is sent.
    pub url: Url<'a>,
    /// Names in any case and values, `host` among them.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body's SHA-256 in hexadecimal, or a word in its place.
    pub payload: &'a str,
    /// How the service wants the path.
    pub path_rule: PathRule,
}

/// What a request is signed with.
pub struct SigningParams<'a> {
    /// Whose signature it is.
    pub credentials: &'a Credentials,
    /// Time, region and service.
    pub scope: Scope<'a>,
    /// The key of these credentials for this scope.
    pub key: &'a SigningKey,
}

/// A signature by headers.
pub struct Signed {
    /// The value of the header `Authorization`.
    pub authorization: String,
    /// The signature.
    pub signature: Signature,
}

/// A signature in a URL.
pub struct Presigned {
    /// The URL.
    pub url: Secret<String>,
    /// The signature.
    pub signature: Signature,
}

/// A signature, and the steps to it.
pub struct Signature {
    /// The canonical request.
    pub canonical: Canonical,
    /// The string to sign.
    pub string_to_sign: String,
    /// The signature in hexadecimal.
    pub hex: String,
}

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Signs a request by its headers, which must include `host`, `x-amz-date` and, with temporary credentials,
/// `x-amz-security-token`.
pub fn sign(request: &SignableRequest<'_>, params: &SigningParams<'_>) -> Signed {
    let headers = SignedHeaders::of(request.headers);
    let signature = params.sign(Canonical::of(request, request.url.query, headers));
    let authorization = [
        ALGORITHM,
        " Credential=",
        &params.credential(),
        ", SignedHeaders=",
        &signature.canonical.signed_headers,
        ", Signature=",
        &signature.hex,
    ]
    .concat();
    Signed { authorization, signature }
}

/// Signs a URL, which is valid for `expires_in` seconds (1 to 604,800). The request's headers are `host` and those that
/// must be sent with the URL. The session token is appended `token_after_signing` if the service requires that. A plus in
/// the query, and in the path of S3, is a blank and written `%20`, so that no server has to interpret it.
pub fn presign(
    request: &SignableRequest<'_>,
    params: &SigningParams<'_>,
    expires_in: &str,
    token_after_signing: bool,
) -> Presigned {
    let headers = SignedHeaders::of(request.headers);
    let Url { scheme, host, path, query } = request.url;
    let path = match request.path_rule {
        PathRule::EncodedOnce => plus_as_blank(path),
        _ => path.to_owned(),
    };
    let separator = if query.is_empty() { "" } else { "?" };
    let slash = if path.is_empty() { "/" } else { "" };
    let mut form = Form::query_of(&[scheme, "://", host, slash, &path, separator, &plus_as_blank(query)].concat());
    form.pair("X-Amz-Algorithm", ALGORITHM);
    form.pair("X-Amz-Credential", &params.credential());
    form.pair("X-Amz-Date", params.scope.time);
    form.pair("X-Amz-Expires", expires_in);
    form.pair("X-Amz-SignedHeaders", &headers.names);
    let token = params.credentials.session_token.as_ref();
    let append_token = |form: &mut Form, now: bool| {
        if let Some(token) = token.filter(|_| now) {
            form.pair("X-Amz-Security-Token", token.expose_secret());
        }
    };
    append_token(&mut form, !token_after_signing);
    let query = form.text().split_once('?').map_or("", |(_, query)| query);
    let signature = params.sign(Canonical::of(request, query, headers));
    form.pair("X-Amz-Signature", &signature.hex);
    append_token(&mut form, token_after_signing);
    Presigned { url: form.finish(), signature }
}

impl Scope<'_> {
    pub(super) fn date(&self) -> &str {
        self.time.get(..8).unwrap_or_default()
    }

    fn text(&self) -> String {
        [self.date(), self.region, self.service, "aws4_request"].join("/")
    }
}

impl SigningParams<'_> {
    fn credential(&self) -> String {
        [&self.credentials.access_key_id, "/", &self.scope.text()].concat()
    }

    fn sign(&self, canonical: Canonical) -> Signature {
        let string_to_sign = [ALGORITHM, self.scope.time, &self.scope.text(), &canonical.hash()].join("\n");
        let hex = hex::encode(&self.key.sign(&string_to_sign));
        Signature { canonical, string_to_sign, hex }
    }
}
