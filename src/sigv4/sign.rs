//! From a canonical request to a signature.

use super::canonical::{plus_as_blank, signed_headers};
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

/// A signature and the steps to it.
pub struct Signed {
    /// The canonical request.
    pub canonical: Canonical,
    /// What is signed.
    pub string_to_sign: String,
    /// The signature in hexadecimal.
    pub signature: String,
}

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Signs a request by its headers, which are to hold `host`, `x-amz-date` and, with temporary credentials,
/// `x-amz-security-token`. Gives the header `Authorization`, and the steps to it.
pub fn sign(request: &SignableRequest<'_>, params: &SigningParams<'_>) -> (String, Signed) {
    let signed = signature(params, Canonical::of(request));
    let authorization = [
        ALGORITHM,
        " Credential=",
        &params.credential(),
        ", SignedHeaders=",
        &signed.canonical.signed_headers,
        ", Signature=",
        &signed.signature,
    ]
    .concat();
    (authorization, signed)
}

/// A URL that carries its signature and is good for `expires_in` seconds (1 to 604,800), and the steps to it. The
/// request's headers are `host` and those that must be sent with the URL. Where the service wants it so, the session
/// token is appended `token_after_signing`. A plus in the query, and in the path of S3, is a blank and written `%20`, so
/// that no server has to read one.
pub fn presign(
    request: &SignableRequest<'_>,
    params: &SigningParams<'_>,
    expires_in: &str,
    token_after_signing: bool,
) -> (Secret<String>, Signed) {
    let Url { scheme, host, path, query } = request.url;
    let path = match request.path_rule {
        PathRule::EncodedOnce => plus_as_blank(path),
        _ => path.to_owned(),
    };
    let mark = if query.is_empty() { "" } else { "?" };
    let slash = if path.is_empty() { "/" } else { "" };
    let mut form = Form::query_of(&[scheme, "://", host, slash, &path, mark, &plus_as_blank(query)].concat());
    form.pair("X-Amz-Algorithm", ALGORITHM);
    form.pair("X-Amz-Credential", &params.credential());
    form.pair("X-Amz-Date", params.scope.time);
    form.pair("X-Amz-Expires", expires_in);
    form.pair("X-Amz-SignedHeaders", &signed_headers(request.headers));
    let token = params.credentials.session_token.as_ref();
    let append_token = |form: &mut Form, now: bool| {
        if let Some(token) = token.filter(|_| now) {
            form.pair("X-Amz-Security-Token", token.expose_secret());
        }
    };
    append_token(&mut form, !token_after_signing);
    let query = form.text().split_once('?').map_or("", |(_, query)| query);
    let url = Url { query, ..request.url };
    let signed = signature(params, Canonical::of(&SignableRequest { url, ..*request }));
    form.pair("X-Amz-Signature", &signed.signature);
    append_token(&mut form, token_after_signing);
    (form.finish(), signed)
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
}

fn signature(params: &SigningParams<'_>, canonical: Canonical) -> Signed {
    let string_to_sign = [ALGORITHM, params.scope.time, &params.scope.text(), &canonical.hash()].join("\n");
    let signature = hex::encode(&params.key.sign(&string_to_sign));
    Signed { canonical, string_to_sign, signature }
}
