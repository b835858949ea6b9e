//! `/<poolId>/.well-known/…`: keys and OpenID discovery.

use serde_json::json;

use crate::core::directory::Pools;
use crate::core::service::{Desk, Named, Service};
use crate::core::services::oauth::ordered_error as ordered_oauth_error;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;
use crate::core::world::tokens::KeyRing;

/// The document that a path asks for.
#[derive(Clone, Copy)]
enum Document {
    Configuration,
    Jwks,
}

impl Document {
    /// The name in the request log.
    fn operation(self) -> &'static str {
        match self {
            Self::Configuration => "openid-configuration",
            Self::Jwks => "jwks.json",
        }
    }
}

/// Pool id and document, where the path is one of these.
fn parse(path: &str) -> Option<(&str, Document)> {
    let (pool_id, name) = path.strip_prefix('/')?.split_once("/.well-known/")?;
    let documents = [Document::Configuration, Document::Jwks];
    Some((pool_id, documents.into_iter().find(|document| document.operation() == name)?))
}

/// The documents as a service.
pub(crate) struct WellKnown;

impl Service for WellKnown {
    fn takes(&self, request: &HttpRequest) -> bool {
        matches!(request.method.as_str(), "GET" | "OPTIONS") && parse(request.path()).is_some()
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        parse(request.path()).map(|(_, document)| Named::new(document.operation()))
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let (pool_id, document) = parse(request.path()).unwrap_or(("", Document::Jwks));
        answer(&desk.shared.pools, &desk.world.keys, request, pool_id, document)
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_oauth_error(fault)
    }
}

/// The document, or 404 where there is no such pool.
fn answer(pools: &Pools, keys: &KeyRing, request: &HttpRequest, pool_id: &str, document: Document) -> HttpResponse {
    let Some(pool) = pools.find(pool_id) else {
        return HttpResponse::json(404, &json!({ "message": format!("User pool {pool_id} does not exist.") }));
    };
    let at = |path: &str| format!("{}{path}", request.base());
    let body = match document {
        Document::Jwks => keys.jwks(pool_id),
        // The pool's domain is at the address that the caller used.
        Document::Configuration => json!({
            "issuer": pool.issuer(),
            "authorization_endpoint": at("/oauth2/authorize"),
            "end_session_endpoint": at("/logout"),
            "token_endpoint": at("/oauth2/token"),
            "revocation_endpoint": at("/oauth2/revoke"),
            "userinfo_endpoint": at("/oauth2/userInfo"),
            "jwks_uri": at(&format!("/{pool_id}/.well-known/jwks.json")),
            "code_challenge_methods_supported": ["S256"],
            "response_types_supported": ["code", "token"],
            "scopes_supported": ["openid", "email", "phone", "profile"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }),
    };
    HttpResponse::json(200, &body)
}
