//! Cognito's own tokens for identities, of `GetOpenIdToken` and `GetOpenIdTokenForDeveloperIdentity`.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::Context;
use crate::core::iam::WebIdentity;
use crate::core::identity_pools::{Login, TAGS_CLAIM, tags_claim};
use crate::core::world::tokens::{KeyRing, Role, decode, sign};

const ISSUER: &str = "https://cognito-identity.amazonaws.com";

/// Under what name the keys are kept.
const KEY_ID: &str = "cognito-identity";

/// An identity as roles and tokens see it; a guest brings no logins.
pub(super) fn web_identity(pool_id: &str, identity_id: &str, logins: &[Login]) -> WebIdentity {
    let mut methods = vec![if logins.is_empty() { "unauthenticated" } else { "authenticated" }.to_owned()];
    for login in logins {
        methods.extend([login.provider.clone(), format!("{}:{}:{}", login.provider, login.audience, login.subject)]);
    }
    WebIdentity { identity_id: identity_id.into(), pool_id: pool_id.into(), methods }
}

/// Makes a token with the tags of a session, which is good for so many seconds.
pub(super) fn issue(
    context: &Context<'_>,
    identity: &WebIdentity,
    tags: &BTreeMap<String, String>,
    seconds: u64,
) -> String {
    let now = context.now_ms / 1000;
    let mut claims = Map::from_iter([
        ("iss".to_owned(), json!(ISSUER)),
        ("aud".to_owned(), json!(identity.pool_id)),
        ("sub".to_owned(), json!(identity.identity_id)),
        ("amr".to_owned(), json!(identity.methods)),
        ("iat".to_owned(), json!(now)),
        ("exp".to_owned(), json!(now + seconds)),
    ]);
    if !tags.is_empty() {
        claims.insert(TAGS_CLAIM.into(), tags_claim(tags));
    }
    sign(context.keys, KEY_ID, Role::Id, claims, context.forgery.as_ref())
}

/// The claims of such a token.
///
/// # Errors
/// A text that says what is wrong; it begins with `Token expired` where that is all.
pub(crate) fn verify(keys: &KeyRing, token: &str, now: u64) -> Result<Map<String, Value>, String> {
    let claims = decode(keys, KEY_ID, Role::Id, token).ok_or(super::token_refusals::WRONG_SIGNATURE)?;
    if claims.get("iss").and_then(Value::as_str) != Some(ISSUER) {
        return Err(super::token_refusals::WRONG_ISSUER.into());
    }
    let expires = claims.get("exp").and_then(Value::as_u64).unwrap_or_default();
    if now >= expires {
        return Err(format!("Token expired: {expires} >= {now}"));
    }
    Ok(claims)
}
