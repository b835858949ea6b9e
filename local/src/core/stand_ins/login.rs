//! What tokens of the stand-ins prove to an identity pool.

use serde_json::{Map, Value};

use super::kind::Kind;
use super::store::StandIns;
use crate::core::world::tokens::{KeyRing, Role, decode};

/// Whom a token speaks for.
pub(crate) struct Holder {
    pub(crate) subject: String,
    /// The app at the provider.
    pub(crate) audience: String,
    /// Of an ID token.
    pub(crate) claims: Map<String, Value>,
}

/// Whether identity pools know a provider under that name, and there is a stand-in for it.
pub(crate) fn is_social_login(name: &str) -> bool {
    social(name).is_some()
}

fn social(name: &str) -> Option<Kind> {
    Some(match name {
        "accounts.google.com" => Kind::Google,
        "appleid.apple.com" => Kind::Apple,
        "graph.facebook.com" => Kind::Facebook,
        "www.amazon.com" => Kind::Amazon,
        _ => return None,
    })
}

/// Checks an ID token of Google or Apple, an access token of Facebook or Amazon.
///
/// # Errors
/// A text that says what is wrong.
pub(crate) fn login(stand_ins: &StandIns, keys: &KeyRing, name: &str, token: &str, now: u64) -> Result<Holder, String> {
    let wrong = || "Couldn't verify signed token.".to_owned();
    let kind = social(name).ok_or_else(wrong)?;
    if !kind.is_openid() {
        let consent =
            stand_ins.by_token(kind, token, now * 1000).ok_or("The access token is unknown or has expired.")?;
        let (subject, audience) = (consent.person.subject(kind), consent.client_id.clone());
        return Ok(Holder { subject, audience, claims: Map::new() });
    }
    let claims = decode(keys, kind.key_id(), Role::Id, token).ok_or_else(wrong)?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    if !text("iss").ends_with(&format!("{}{}", super::PREFIX, kind.name())) {
        return Err("Issuer doesn't match providerName".into());
    }
    let expires = claims.get("exp").and_then(Value::as_u64).unwrap_or_default();
    if now >= expires {
        return Err(format!("Token expired: {expires} >= {now}"));
    }
    if text("sub").is_empty() {
        return Err("Not a valid OpenId Connect identity token.".into());
    }
    Ok(Holder { subject: text("sub"), audience: text("aud"), claims })
}

/// The claims of an ID token of the OpenID Connect stand-in.
pub(crate) fn open_id_claims(keys: &KeyRing, token: &str) -> Option<Map<String, Value>> {
    decode(keys, Kind::Oidc.key_id(), Role::Id, token)
}
