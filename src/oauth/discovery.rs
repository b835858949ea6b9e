//! Where a provider's endpoints are (OpenID Connect Discovery section 4).

use super::reply::{get, read_json};
use crate::config::OidcProvider;
use crate::error::{Error, ResponseProblem, TokenFault};
use crate::json::Value;
use crate::platform::{Request, Response};

/// A provider's endpoints.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// `authorization_endpoint`
    pub authorize: String,
    /// `token_endpoint`
    pub token: String,
    /// `jwks_uri`
    pub jwks: String,
    /// `authorization_response_iss_parameter_supported`: each of its answers names the issuer (RFC 9207 section 3).
    pub names_issuer: bool,
}

/// Builds the request.
pub fn request(provider: &OidcProvider) -> Request {
    let issuer = provider.issuer().strip_suffix('/').unwrap_or(provider.issuer());
    get(&[issuer, "/.well-known/openid-configuration"].concat())
}

/// Reads the reply.
///
/// # Errors
/// `token_invalid` with `wrong_issuer` if it has another issuer; `invalid_response`.
pub fn read(response: &Response, provider: &OidcProvider) -> Result<Endpoints, Error> {
    let json = read_json(response)?;
    if json.str("issuer") != Some(provider.issuer()) {
        return Err(TokenFault::Issuer.into());
    }
    // Where the issuer is behind TLS, what it names has to be too.
    let secure = provider.issuer().starts_with("https:");
    let endpoint = |name| {
        let url =
            json.string(name).filter(|url| url.starts_with("https://") || (!secure && url.starts_with("http://")));
        url.ok_or_else(|| Error::invalid_response(ResponseProblem::Endpoint))
    };
    Ok(Endpoints {
        authorize: endpoint("authorization_endpoint")?,
        token: endpoint("token_endpoint")?,
        jwks: endpoint("jwks_uri")?,
        names_issuer: json.get("authorization_response_iss_parameter_supported").and_then(Value::as_bool) == Some(true),
    })
}
