//! OpenID Connect Discovery documents.

use serde_json::{Map, Value, json};

use super::call::Call;
use crate::core::stand_ins::{Door, Kind};
use crate::core::wire::http::HttpResponse;

pub(super) fn answer(call: &Call<'_>) -> HttpResponse {
    let Value::Object(mut document) = json!({
        "issuer": call.issuer,
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "none"],
        "code_challenge_methods_supported": ["S256"],
        "response_modes_supported": ["query", "form_post"],
        "scopes_supported": if call.kind == Kind::Apple { json!(["openid", "email", "name"]) } else { json!(["openid", "email", "profile"]) },
    }) else {
        return HttpResponse::json(500, &json!({}));
    };
    let endpoints = [
        ("authorization_endpoint", Door::Authorize),
        ("token_endpoint", Door::Token),
        ("userinfo_endpoint", Door::UserInfo),
        ("jwks_uri", Door::Jwks),
    ];
    if call.kind.names_issuer() {
        document.insert("authorization_response_iss_parameter_supported".into(), true.into());
    }
    document.extend(
        endpoints
            .into_iter()
            .filter_map(|(name, door)| Some((name.to_owned(), at(call, door)?)))
            .collect::<Map<_, _>>(),
    );
    HttpResponse::json(200, &document.into())
}

fn at(call: &Call<'_>, door: Door) -> Option<Value> {
    Some(json!(format!("{}/{}", call.issuer, call.kind.path(door)?)))
}
