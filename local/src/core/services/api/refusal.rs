//! The gateway's own errors (API Gateway Developer Guide, "Gateway response types"; "JWT authorizers").

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::sigv4;
use crate::core::wire::http::HttpResponse;

/// The two generations of APIs.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Protocol {
    Http,
    Rest,
}

/// Why a request does not get through.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A policy of IAM says so.
    AccessDenied(String),
    /// The answer of the Lambda authoriser is no answer.
    AuthorizerFailure,
    /// The Lambda authoriser says no; perhaps by an explicit deny.
    Deny {
        explicit: bool,
    },
    /// A token has expired.
    Expired,
    /// JWT authorisers: none of the scopes.
    InsufficientScope(String),
    /// JWT authorisers: the scopes of the route, and what is wrong with the token.
    InvalidToken(String, &'static str),
    NoRoute,
    Signature(sigv4::Refusal),
    /// There is no token, or none that will do.
    Unauthorized,
}

impl From<sigv4::Refusal> for Refusal {
    fn from(refusal: sigv4::Refusal) -> Self {
        Self::Signature(refusal)
    }
}

impl Refusal {
    pub(super) fn response(&self, protocol: Protocol) -> HttpResponse {
        let is_rest = protocol == Protocol::Rest;
        let bearer = |parameters: &str| format!("Bearer{parameters}");
        match self {
            Self::AccessDenied(text) => error(403, "AccessDeniedException", json!({ "message": text })),
            Self::AuthorizerFailure if is_rest => {
                error(500, "AuthorizerConfigurationException", json!({ "message": null }))
            }
            Self::AuthorizerFailure => HttpResponse::json(500, &json!({ "message": "Internal Server Error" })),
            Self::Deny { explicit } if is_rest => {
                let how = if *explicit { " with an explicit deny" } else { "" };
                let text = format!("User is not authorized to access this resource{how}");
                error(403, "AccessDeniedException", json!({ "Message": text }))
            }
            Self::Deny { .. } => HttpResponse::json(403, &json!({ "message": "Forbidden" })),
            Self::Expired => {
                error(401, "UnauthorizedException", json!({ "message": "The incoming token has expired" }))
            }
            Self::InsufficientScope(scopes) => {
                let text = "the token does not have the right scopes";
                let header = format!(" scope=\"{scopes}\" error=\"insufficient_scope\" error_description=\"{text}\"");
                HttpResponse::json(403, &json!({ "message": "Forbidden" })).with("www-authenticate", bearer(&header))
            }
            Self::InvalidToken(scopes, text) => {
                let header = format!(" scope=\"{scopes}\" error=\"invalid_token\" error_description=\"{text}\"");
                HttpResponse::json(401, &json!({ "message": "Unauthorized" })).with("www-authenticate", bearer(&header))
            }
            Self::NoRoute if is_rest => {
                error(403, "MissingAuthenticationTokenException", json!({ "message": "Missing Authentication Token" }))
            }
            Self::NoRoute => HttpResponse::json(404, &json!({ "message": "Not Found" })),
            Self::Signature(sigv4::Refusal::Missing) if !is_rest => {
                HttpResponse::json(403, &json!({ "message": "Forbidden" }))
            }
            Self::Signature(refusal) => refusal.gateway_response(),
            Self::Unauthorized if is_rest => error(401, "UnauthorizedException", json!({ "message": "Unauthorized" })),
            Self::Unauthorized => {
                HttpResponse::json(401, &json!({ "message": "Unauthorized" })).with("www-authenticate", "Bearer")
            }
        }
    }
}

fn error(status: u16, name: &str, body: Value) -> HttpResponse {
    HttpResponse::json(status, &body).with("x-amzn-ErrorType", name)
}
