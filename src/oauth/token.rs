//! The token endpoint (RFC 6749 section 4.1.3; AWS: "Token issuer endpoint").

use super::reply::{post, read_json};
use crate::encode::form::Form;
use crate::error::{Error, ResponseProblem};
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// What a code is exchanged with.
pub struct Exchange<'a> {
    /// The client.
    pub client_id: &'a str,
    /// Its secret, if it has one and the app knows it: `client_secret_post`, which needs no header and so no preflight.
    pub client_secret: Option<&'a Secret<String>>,
    /// The code.
    pub code: &'a Secret<String>,
    /// The redirect URI that the authorization request had.
    pub redirect_uri: &'a str,
    /// The code verifier whose challenge the authorization request had.
    pub code_verifier: &'a Secret<String>,
}

/// Tokens.
#[derive(Debug)]
pub struct Tokens {
    /// `access_token`
    pub access: Secret<String>,
    /// `id_token`
    pub id: Option<Secret<String>>,
    /// `refresh_token`
    pub refresh: Option<Secret<String>>,
}

/// Builds the request.
pub fn request(url: &str, exchange: &Exchange<'_>) -> Request {
    let mut body = Form::body();
    body.pair("grant_type", "authorization_code");
    body.pair("client_id", exchange.client_id);
    if let Some(secret) = exchange.client_secret {
        body.pair("client_secret", secret.expose_secret());
    }
    body.pair("code", exchange.code.expose_secret());
    body.pair("redirect_uri", exchange.redirect_uri);
    body.pair("code_verifier", exchange.code_verifier.expose_secret());
    post(url, body.finish())
}

/// Reads the reply.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<Tokens, Error> {
    let json = read_json(response)?;
    if !json.str("token_type").is_some_and(|kind| kind.eq_ignore_ascii_case("bearer")) {
        return Err(Error::invalid_response(ResponseProblem::TokenType));
    }
    Ok(Tokens {
        access: json
            .secret("access_token")
            .ok_or_else(|| Error::invalid_response(ResponseProblem::OAuthAccessToken))?,
        id: json.secret("id_token"),
        refresh: json.secret("refresh_token"),
    })
}
