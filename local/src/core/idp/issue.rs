//! Making tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Context;
use crate::core::error::{ServiceError, user_not_found};
use crate::core::pool::{AppClient, Grant, User, UserPool};
use crate::core::random::Random;
use crate::core::tokens::{Role, Session, access_claims, id_claims, sign};

/// Signs a user in: the three tokens, as `AuthenticationResultType`.
pub(super) fn new_grant(
    pool: &mut UserPool,
    client: &AppClient,
    username: &str,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let user = pool.find(username).ok_or_else(user_not_found)?;
    let grant = Grant {
        event_id: context.random.uuid(),
        origin_jti: context.random.uuid(),
        username: user.username.clone(),
        client_id: client.id.clone(),
        auth_time: context.now_ms / 1000,
        expires_ms: context.now_ms.saturating_add(client.refresh_token_ms()),
        revoked: false,
    };
    let mut result = tokens(pool, client, user, &grant, context);
    let refresh_token = refresh_token(context.random);
    result["RefreshToken"] = json!(refresh_token);
    pool.grants.add(grant, refresh_token);
    Ok(result)
}

/// Fresh ID and access tokens of a sign-in.
pub(super) fn tokens(
    pool: &UserPool,
    client: &AppClient,
    user: &User,
    grant: &Grant,
    context: &mut Context<'_>,
) -> Value {
    let traced = client.revocation() || client.rotation_grace_ms().is_some();
    let session = Session {
        issuer: &pool.issuer(),
        event_id: &grant.event_id,
        origin_jti: traced.then_some(grant.origin_jti.as_str()),
        auth_time: grant.auth_time,
        issued_at: context.now_ms / 1000,
    };
    let access = access_claims(pool, client, user, &session, context.random.uuid());
    let id = id_claims(pool, client, user, &session, context.random.uuid());
    let signed = |role: Role, claims| {
        let own = context.keys.key(&pool.id, role);
        let signer = if context.forged { context.keys.key(&pool.id, Role::Foreign) } else { own.clone() };
        sign(&signer, &own, claims)
    };
    json!({
        "AccessToken": signed(Role::Access, access),
        "IdToken": signed(Role::Id, id),
        "ExpiresIn": client.access_token_seconds(),
        "TokenType": "Bearer",
    })
}

/// Random text in five parts: clients see a JSON Web Encryption, but there is nothing in it.
pub(super) fn refresh_token(random: &mut Random) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#);
    let (key, vector) = (random.base64url::<256>(), random.base64url::<12>());
    format!("{header}.{key}.{vector}.{}.{}", random.base64url::<600>(), random.base64url::<16>())
}
