//! `COGNITO_USER_POOLS` (REST): an ID token, or an access token where the method has scopes.

use serde_json::{Value, json};

use super::call::Call;
use super::refusal::Refusal;
use super::token;
use super::token::{Claims, Fault};
use crate::core::directory::UserPool;

pub(super) fn check(call: &Call<'_>, user_pool_ids: &[String]) -> Result<Value, Refusal> {
    let token = token::bearer(call.request).ok_or(Refusal::Unauthorized)?;
    let passes = |pool: &UserPool| user_pool_ids.contains(&pool.id);
    let claims = token::verify(call.pools, call.keys, token, passes, call.now_ms);
    let claims =
        claims.map_err(|fault| if fault == Fault::Expired { Refusal::Expired } else { Refusal::Unauthorized })?;
    let wanted = if call.route.scopes.is_empty() { "id" } else { "access" };
    let kind = claims.get("token_use").and_then(Value::as_str);
    if kind != Some(wanted) || !token::has_scope(&claims, &call.route.scopes) {
        return Err(Refusal::Unauthorized);
    }
    Ok(json!({ "claims": as_texts(&claims) }))
}

/// REST APIs tell every claim as a text, lists joined by commas.
fn as_texts(claims: &Claims) -> Claims {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    };
    claims.iter().map(|(name, value)| (name.clone(), text(value).into())).collect()
}
