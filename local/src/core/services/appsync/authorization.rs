//! Checking who calls: by its header, then by the issuer of a token (AppSync Developer Guide, "Using multiple authorization types").

use serde_json::{Map, Value};

use super::context::Context;
use super::errors::{EXPIRED, NOT_A_JWT, NOT_AUTHORIZED, NOT_PROVIDED, Refused};
use super::identity::Identity;
use super::settings::Mode;
use crate::core::iam::signed;
use crate::core::sigv4::{Rules, Style};
use crate::core::stand_ins;
use crate::core::wire::http::HttpRequest;
use crate::core::world::tokens::{Role, decode, unchecked_claims, verify_jws};

type Claims = Map<String, Value>;

/// # Errors
/// `UnauthorizedException`, or what is said of a signature.
pub(super) fn identify(context: &Context<'_>, request: &HttpRequest) -> Result<Identity, Refused> {
    let allows = |mode| context.settings.allows(mode);
    if let Some(key) = request.header("x-api-key").filter(|_| allows(Mode::ApiKey)) {
        return api_key(context, key);
    }
    let header = request.header("Authorization").filter(|header| !header.trim().is_empty());
    let header = header.ok_or_else(|| Refused::unauthorized(NOT_PROVIDED))?;
    if header.starts_with("AWS4-HMAC-SHA256") && allows(Mode::AwsIam) {
        return signed_by(context, request);
    }
    let token = match header.split_at_checked(7) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("Bearer ") => token,
        _ => header,
    };
    match unchecked_claims(token) {
        Some(claims) => by_token(context, &claims, token),
        None if allows(Mode::AwsLambda) => match &context.settings.lambda_token {
            Some(known) if known == header => Ok(Identity::new(Mode::AwsLambda, Some("lambda".into()))),
            _ => Err(Refused::unauthorized(NOT_AUTHORIZED)),
        },
        None => Err(Refused::unauthorized(NOT_A_JWT)),
    }
}

fn api_key(context: &Context<'_>, key: &str) -> Result<Identity, Refused> {
    let known = context.settings.api_keys.iter().find(|known| known.id == key);
    let known = known.ok_or_else(|| Refused::unauthorized(NOT_AUTHORIZED))?;
    let identity = Identity { expires_ms: known.expires_ms(), ..Identity::new(Mode::ApiKey, None) };
    if identity.is_over(context.now_ms) { Err(Refused::unauthorized(NOT_AUTHORIZED)) } else { Ok(identity) }
}

fn signed_by(context: &Context<'_>, request: &HttpRequest) -> Result<Identity, Refused> {
    let rules = Rules::of("appsync", context.region);
    let caller = signed::caller(request, &rules, context.access_keys, context.now_ms);
    let style = Style::Gateway;
    let refused = |refusal: crate::core::sigv4::Refusal| {
        Refused::new(refusal.status(style), refusal.code(style), refusal.message(style))
    };
    let caller = caller.map_err(refused)?;
    let session = caller.session();
    let groups = context.user_pools.iter().flat_map(|pool| pool.groups.iter());
    let own = groups.filter(|group| group.settings.role_arn.as_ref() == Some(&session.role.arn));
    Ok(Identity {
        groups: own.map(|group| group.name().to_owned()).collect(),
        expires_ms: Some(session.expires_ms),
        owner: Some(session.identity.identity_id.clone()),
        mode: Mode::AwsIam,
        signer: Some(caller),
    })
}

fn by_token(context: &Context<'_>, unchecked: &Claims, token: &str) -> Result<Identity, Refused> {
    let issuer = text(unchecked, "iss");
    let settings = context.settings;
    let pool = settings.user_pool_id.as_ref().and_then(|id| context.user_pools.find(id));
    let provider = settings.open_id_issuer.as_ref();
    let provider = provider.and_then(|url| context.open_id_providers.iter().find(|other| &other.url == url));
    let (mode, claims) = if let Some(pool) = pool.filter(|pool| issuer == Some(pool.issuer().as_str())) {
        let checked = |role| decode(context.keys, &pool.id, role, token);
        (Mode::AmazonCognitoUserPools, checked(Role::Access).or_else(|| checked(Role::Id)))
    } else if let Some(provider) = provider.filter(|other| issuer == Some(other.issuer(&context.base).as_str())) {
        let claims = match &provider.jwks {
            _ if provider.is_stand_in() => stand_ins::open_id_claims(context.keys, token),
            Some(jwks) => verify_jws(token, jwks).ok(),
            None => None,
        };
        (Mode::OpenidConnect, claims.filter(|claims| is_for(claims, &provider.client_ids)))
    } else {
        return Err(Refused::unauthorized(NOT_AUTHORIZED));
    };
    let claims = claims.ok_or_else(|| Refused::unauthorized(NOT_AUTHORIZED))?;
    let expires = claims.get("exp").and_then(Value::as_u64).unwrap_or_default();
    let name = ["username", "cognito:username", "sub"].into_iter().find_map(|name| text(&claims, name));
    let named = claims.get("cognito:groups").and_then(Value::as_array).into_iter().flatten();
    let identity = Identity {
        // Of another provider only the subject means something, and only its pool's groups are groups.
        owner: if mode == Mode::OpenidConnect { text(&claims, "sub") } else { name }.map(str::to_owned),
        groups: match mode {
            Mode::AmazonCognitoUserPools => named.filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        },
        expires_ms: Some(expires.saturating_mul(1000)),
        mode,
        signer: None,
    };
    if identity.is_over(context.now_ms) { Err(Refused::unauthorized(EXPIRED)) } else { Ok(identity) }
}

/// Whether a token was made for one of these clients.
fn is_for(claims: &Claims, client_ids: &[String]) -> bool {
    let audiences: Vec<&str> = match claims.get("aud") {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => text(claims, "aud").into_iter().collect(),
    };
    let mut named = text(claims, "azp").into_iter().chain(audiences);
    named.any(|name| client_ids.iter().any(|id| id == name))
}

fn text<'c>(claims: &'c Claims, name: &str) -> Option<&'c str> {
    claims.get(name).and_then(Value::as_str)
}
