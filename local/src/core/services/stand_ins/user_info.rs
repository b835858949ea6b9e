//! Who an access token belongs to, in the words of each provider.

use serde_json::{Map, Value, json};

use super::call::Call;
use crate::core::stand_ins::{Consent, Kind};
use crate::core::wire::http::HttpResponse;

pub(super) fn answer(call: &Call<'_>) -> HttpResponse {
    let header = call.request.header("Authorization").and_then(|header| header.strip_prefix("Bearer "));
    let parameters = call.parameters();
    let token = header.or_else(|| parameters.get("access_token")).unwrap_or_default();
    let response = match call.shared.stand_ins.by_token(call.kind, token, call.now_ms) {
        Some(consent) => {
            let mut claims = describe(consent);
            if let Some(forgery) = &call.forgery {
                claims.retain(|name, _| !forgery.remove.contains(name));
                claims.extend(forgery.claims.clone());
            }
            HttpResponse::json(200, &claims.into())
        }
        None => refuse(call.kind),
    };
    response.with("Cache-Control", "no-store")
}

fn describe(consent: &Consent) -> Map<String, Value> {
    let person = consent.person;
    let subject = json!(person.subject(consent.kind));
    let granted = |scope: &str| consent.scope.split([' ', ',']).any(|granted| granted == scope);
    let mut claims = Map::new();
    match consent.kind {
        Kind::Amazon => {
            claims.insert("user_id".into(), subject);
            claims.insert("name".into(), json!(person.name()));
            claims.extend(person.email.map(|email| ("email".to_owned(), json!(email))));
        }
        Kind::Facebook => {
            claims.insert("id".into(), subject);
            claims.insert("name".into(), json!(person.name()));
            claims.insert("first_name".into(), json!(person.given_name));
            claims.insert("last_name".into(), json!(person.family_name));
            claims.extend(person.email.filter(|_| granted("email")).map(|email| ("email".to_owned(), json!(email))));
        }
        _ => {
            claims = person.claims(consent.kind, &consent.scope);
            claims.insert("sub".into(), subject);
        }
    }
    claims
}

fn refuse(kind: Kind) -> HttpResponse {
    let text = "The access token is unknown or has expired";
    match kind {
        Kind::Facebook => {
            HttpResponse::json(400, &json!({ "error": { "message": text, "type": "OAuthException", "code": 190 } }))
        }
        _ => HttpResponse::json(401, &json!({ "error": "invalid_token", "error_description": text }))
            .with("WWW-Authenticate", "Bearer error=\"invalid_token\""),
    }
}
