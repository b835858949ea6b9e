//! Tokens of user pools in the `Authorization` header.

use serde_json::{Map, Value};

use crate::core::directory::{Pools, UserPool};
use crate::core::wire::http::HttpRequest;
use crate::core::world::tokens::{KeyRing, Role, decode, unchecked_claims};

pub(super) type Claims = Map<String, Value>;

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fault {
    Expired,
    Issuer,
    Malformed,
    Signature,
}

/// The token, with or without `Bearer` before it.
pub(super) fn bearer(request: &HttpRequest) -> Option<&str> {
    let header = request.header("Authorization")?.trim();
    let (scheme, rest) = header.split_once(' ').unwrap_or(("", header));
    let token = if scheme.eq_ignore_ascii_case("bearer") { rest.trim() } else { header };
    (!token.is_empty()).then_some(token)
}

/// The claims of an ID or access token of one of the pools that pass. Revocation is not seen, as at AWS.
///
/// # Errors
/// See [`Fault`].
pub(super) fn verify(
    pools: &Pools,
    keys: &KeyRing,
    token: &str,
    passes: impl Fn(&UserPool) -> bool,
    now_ms: u64,
) -> Result<Claims, Fault> {
    let unchecked = unchecked_claims(token).filter(|_| token.split('.').count() == 3).ok_or(Fault::Malformed)?;
    let issuer = unchecked.get("iss").and_then(Value::as_str).unwrap_or_default();
    let pool = pools.iter().find(|pool| pool.issuer() == issuer && passes(pool)).ok_or(Fault::Issuer)?;
    let mut claims = [Role::Id, Role::Access].into_iter().filter_map(|role| decode(keys, &pool.id, role, token));
    let claims = claims.next().ok_or(Fault::Signature)?;
    let time = |name: &str| claims.get(name).and_then(Value::as_f64);
    let now = now_ms as f64 / 1000.0;
    if time("exp").is_none_or(|expires| now >= expires) {
        return Err(Fault::Expired);
    }
    let early = ["nbf", "iat"].into_iter().filter_map(time).any(|begin| begin > now);
    if early { Err(Fault::Signature) } else { Ok(claims) }
}

/// Whether a token has one of the scopes, or none is asked for.
pub(super) fn has_scope(claims: &Claims, scopes: &[String]) -> bool {
    let granted = ["scope", "scp"].into_iter().filter_map(|name| claims.get(name)?.as_str());
    let mut granted = granted.flat_map(|text| text.split(' '));
    scopes.is_empty() || granted.any(|granted| scopes.iter().any(|scope| scope == granted))
}
