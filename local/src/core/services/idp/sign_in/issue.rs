//! Making tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::core::directory::{
    API_SCOPE, AppClient, Attempt, AuthEvent, DeviceName, EventType, Factor, Grant, OAuthGrant, Proof, Session, User,
    UserPool, access_claims, id_claims,
};
use crate::core::service::Context;
use crate::core::services::triggers::{Subject, TokenSource, token_generation};
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
    let source = match attempt {
        Attempt { device_proven: true, .. } => TokenSource::AuthenticateDevice,
        Attempt { new_password: true, .. } => TokenSource::NewPasswordChallenge,
        _ => TokenSource::Authentication,
    };
    let proof = attempt.proof();
    let level = proof.level().filter(|_| attempt.target.is_some());
    let acr = level.map(|level| pool.settings.acr_value(level).to_owned());
    let sign_in = SignIn {
        username,
        source,
        oauth: None,
        auth_time,
        nonce: None,
        refreshable: true,
        device,
        sso: None,
        proof,
        acr,
    };
    let SignedIn { event_id, mut result } = signed_in(pool, client, sign_in, context)?;
    let proofs = [("Password", attempt.first == Some(Factor::Password)), ("Mfa", attempt.second.is_some())];
    let challenges = proofs.into_iter().filter(|(_, proven)| *proven).collect();
    pool.note_event(username, AuthEvent::new(event_id, EventType::SignIn, challenges, context.now_ms));
    if let Some(metadata) = metadata {
        result["NewDeviceMetadata"] = metadata;
    }
    Ok(result)
}

/// A sign-in, by the API or at the hosted UI.
pub(crate) struct SignIn<'a> {
    pub(crate) username: &'a str,
    pub(crate) source: TokenSource,
    pub(crate) oauth: Option<OAuthGrant>,
    /// Seconds since 1970.
    pub(crate) auth_time: u64,
    pub(crate) nonce: Option<&'a str>,
    /// Whether there is a refresh token.
    pub(crate) refreshable: bool,
    pub(crate) device: Option<DeviceName>,
    /// The SSO session of the browser, where the pool tracks sessions.
    pub(crate) sso: Option<String>,
    pub(crate) proof: Proof,
    /// The claim `acr`, where a level was asked for.
    pub(crate) acr: Option<String>,
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
        proof: sign_in.proof,
        acr: sign_in.acr,
    };
    let made_for = MadeFor { source: sign_in.source, nonce: sign_in.nonce };
    let mut result = tokens(pool, client, user, &grant, made_for, context)?;
    let refresh_token = sign_in.refreshable.then(|| refresh_token(context.random));
    if let Some(token) = &refresh_token {
        result["RefreshToken"] = json!(token);
    }
    let event_id = grant.event_id.clone();
    pool.grants.add(grant, refresh_token);
    Ok(SignedIn { event_id, result })
}

/// What tokens are made for, and the nonce of their request.
#[derive(Clone, Copy)]
pub(crate) struct MadeFor<'a> {
    pub(crate) source: TokenSource,
    pub(crate) nonce: Option<&'a str>,
}

/// Fresh ID and access tokens of a sign-in, as the pool's function changes them. The nonce is for the first ID token only (OpenID Connect Core, section 12.2).
pub(crate) fn tokens(
    pool: &UserPool,
    client: &AppClient,
    user: &User,
    grant: &Grant,
    made_for: MadeFor<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let traced = client.revocation() || client.rotation_grace_ms().is_some();
    let session = Session {
        issuer: &pool.issuer(),
        event_id: &grant.event_id,
        origin_jti: traced.then_some(grant.origin_jti.as_str()),
        auth_time: grant.auth_time,
        issued_at: context.now_ms / 1000,
        oauth: grant.oauth.as_ref(),
        acr: grant.acr.as_deref().map(|level| (level, grant.proof.methods())),
        device_key: grant.device.as_ref().map(|device| device.key.as_str()),
    };
    let scopes = grant.oauth.as_ref().map_or_else(|| vec![API_SCOPE.to_owned()], |granted| granted.scopes.clone());
    let overrides = token_generation(pool, Subject::User(user), made_for.source, &scopes, context)?;
    let mut access = access_claims(pool, client, user, &session, context.random.uuid());
    let mut id = id_claims(pool, client, user, &session, context.random.uuid());
    overrides.change_access(&mut access);
    overrides.change_id(&mut id);
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
    if let Some(nonce) = made_for.nonce {
        id.insert("nonce".into(), json!(nonce));
    }
    if grant.oauth.as_ref().is_none_or(|granted| granted.has("openid")) {
        result["IdToken"] = json!(signed(Role::Id, id));
    }
    Ok(result)
}

/// Random text in five parts: clients see a JSON Web Encryption, but there is nothing in it.
pub(crate) fn refresh_token(random: &mut Random) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#);
    let (key, vector) = (random.base64url::<256>(), random.base64url::<12>());
    format!("{header}.{key}.{vector}.{}.{}", random.base64url::<600>(), random.base64url::<16>())
}
