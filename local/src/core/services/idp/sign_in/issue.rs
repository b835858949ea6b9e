//! Making tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::core::directory::{
    AppClient, Attempt, DeviceName, Grant, OAuthGrant, Session, User, UserPool, access_claims, id_claims,
};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, user_not_found};
use crate::core::world::random::Random;
use crate::core::world::tokens::{Role, sign};

/// Signs a user in by the API: the three tokens, as `AuthenticationResultType`.
pub(crate) fn new_grant(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: &Attempt,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let username = &attempt.username;
    let device = pool.device_at_sign_in(attempt, |region| DeviceName::new(region, context.random));
    if let (Some((device, false)), Some(user)) = (&device, pool.find_mut(username)) {
        user.devices.signed_in(&device.key, context.now_ms);
    }
    let is_new = device.as_ref().is_some_and(|(_, is_new)| *is_new);
    let device = device.map(|(device, _)| device);
    let metadata = device.as_ref().filter(|_| is_new).map(DeviceName::metadata);
    let auth_time = context.now_ms / 1000;
    let sign_in = SignIn { username, oauth: None, auth_time, nonce: None, refreshable: true, device, sso: None };
    let mut result = signed_in(pool, client, sign_in, context)?.result;
    if let Some(metadata) = metadata {
        result["NewDeviceMetadata"] = metadata;
    }
    Ok(result)
}

/// A sign-in, by the API or at the hosted UI.
pub(crate) struct SignIn<'a> {
    pub(crate) username: &'a str,
    pub(crate) oauth: Option<OAuthGrant>,
    /// Seconds since 1970.
    pub(crate) auth_time: u64,
    pub(crate) nonce: Option<&'a str>,
    /// Whether there is a refresh token.
    pub(crate) refreshable: bool,
    pub(crate) device: Option<DeviceName>,
    /// The SSO session of the browser, where the pool tracks sessions.
    pub(crate) sso: Option<String>,
}

/// The tokens of a sign-in.
pub(crate) struct SignedIn {
    pub(crate) event_id: String,
    /// `AuthenticationResultType`; without `IdToken` where the scopes lack `openid`.
    pub(crate) result: Value,
}

/// Makes the tokens of a new sign-in.
///
/// # Errors
/// `UserNotFoundException`.
pub(crate) fn signed_in(
    pool: &mut UserPool,
    client: &AppClient,
    sign_in: SignIn<'_>,
    context: &mut Context<'_>,
) -> Result<SignedIn, ServiceError> {
    let username = pool.find(sign_in.username).ok_or_else(user_not_found)?.username.clone();
    let session = match sign_in.refreshable {
        true => pool.track_tokens(&username, sign_in.sso, context.random, context.now_ms),
        false => None,
    };
    let user = pool.find(&username).ok_or_else(user_not_found)?;
    let grant = Grant {
        event_id: context.random.uuid(),
        origin_jti: context.random.uuid(),
        username: user.username.clone(),
        client_id: client.id.clone(),
        auth_time: sign_in.auth_time,
        expires_ms: context.now_ms.saturating_add(client.refresh_token_ms()),
        revoked: false,
        oauth: sign_in.oauth,
        device: sign_in.device,
        session,
    };
    let mut result = tokens(pool, client, user, &grant, sign_in.nonce, context);
    let refresh_token = sign_in.refreshable.then(|| refresh_token(context.random));
    if let Some(token) = &refresh_token {
        result["RefreshToken"] = json!(token);
    }
    let event_id = grant.event_id.clone();
    pool.grants.add(grant, refresh_token);
    Ok(SignedIn { event_id, result })
}

/// Fresh ID and access tokens of a sign-in. The nonce is for the first ID token only (OpenID Connect Core, section 12.2).
pub(crate) fn tokens(
    pool: &UserPool,
    client: &AppClient,
    user: &User,
    grant: &Grant,
    nonce: Option<&str>,
    context: &mut Context<'_>,
) -> Value {
    let traced = client.revocation() || client.rotation_grace_ms().is_some();
    let session = Session {
        issuer: &pool.issuer(),
        event_id: &grant.event_id,
        origin_jti: traced.then_some(grant.origin_jti.as_str()),
        auth_time: grant.auth_time,
        issued_at: context.now_ms / 1000,
        oauth: grant.oauth.as_ref(),
        device_key: grant.device.as_ref().map(|device| device.key.as_str()),
    };
    let access = access_claims(pool, client, user, &session, context.random.uuid());
    let mut id = id_claims(pool, client, user, &session, context.random.uuid());
    let signed = |role: Role, claims| sign(context.keys, &pool.id, role, claims, context.forgery.as_ref());
    let access = signed(Role::Access, access);
    let mut result = json!({
        "AccessToken": access,
        "ExpiresIn": client.access_token_seconds(),
        "TokenType": "Bearer",
    });
    if grant.oauth.is_some() {
        id.insert("at_hash".into(), json!(URL_SAFE_NO_PAD.encode(&Sha256::digest(&access)[..16])));
    }
    if let Some(nonce) = nonce {
        id.insert("nonce".into(), json!(nonce));
    }
    if grant.oauth.as_ref().is_none_or(|granted| granted.has("openid")) {
        result["IdToken"] = json!(signed(Role::Id, id));
    }
    result
}

/// Random text in five parts: clients see a JSON Web Encryption, but there is nothing in it.
pub(crate) fn refresh_token(random: &mut Random) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#);
    let (key, vector) = (random.base64url::<256>(), random.base64url::<12>());
    format!("{header}.{key}.{vector}.{}.{}", random.base64url::<600>(), random.base64url::<16>())
}
