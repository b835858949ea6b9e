//! `JWT` (HTTP): any token of the issuer for one of the audiences, with one of the scopes where the route has some.

use serde_json::{Value, json};

use super::call::Call;
use super::refusal::Refusal;
use super::token;
use super::token::{Claims, Fault};
use crate::core::directory::UserPool;

pub(super) fn check(call: &Call<'_>, issuer: &str, audience: &[String]) -> Result<Value, Refusal> {
    let scopes = &call.route.scopes;
    let token = token::bearer(call.request).ok_or(Refusal::Unauthorized)?;
    let refuse = |text| Refusal::InvalidToken(scopes.join(" "), text);
    // An API may name AWS's issuer whatever the emulator's own setting is.
    let passes = |pool: &UserPool| pool.issuer() == issuer || pool.aws_issuer() == issuer;
    let claims = token::verify(call.pools, call.keys, token, passes, call.now_ms);
    let claims = claims.map_err(|fault| {
        refuse(match fault {
            Fault::Expired => "the token has expired",
            Fault::Issuer => "invalid issuer",
            Fault::Malformed => "token contains an invalid number of segments",
            Fault::Signature => "invalid signature",
        })
    })?;
    if !is_for(&claims, audience) {
        return Err(refuse("the token does not have a valid audience"));
    }
    if !token::has_scope(&claims, scopes) {
        return Err(Refusal::InsufficientScope(scopes.join(" ")));
    }
    let granted = (!scopes.is_empty()).then_some(scopes);
    Ok(json!({ "jwt": { "claims": as_texts(&claims), "scopes": granted } }))
}

/// `aud`, or `client_id` where there is no `aud`.
fn is_for(claims: &Claims, audience: &[String]) -> bool {
    let fits = |value: &Value| value.as_str().is_some_and(|text| audience.iter().any(|own| own == text));
    match claims.get("aud").or_else(|| claims.get("client_id")) {
        Some(Value::Array(list)) => list.iter().any(fits),
        Some(value) => fits(value),
        None => false,
    }
}

/// HTTP APIs tell every claim as a text, lists in brackets.
fn as_texts(claims: &Claims) -> Claims {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            format!("[{}]", list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "))
        }
        other => other.to_string(),
    };
    claims.iter().map(|(name, value)| (name.clone(), text(value).into())).collect()
}
