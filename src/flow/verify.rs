//! Verifying a token: key, signature, claims.

use crate::error::{Error, TokenFault};
use crate::jwt::{Claims, Expected, Jws, TokenUse};
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::Core;

/// How far the server's clock may be ahead of the time derived from a session: its tokens took a moment to arrive, and `iat`
/// is in seconds.
const KNOWN_CLOCK_LEEWAY_MS: i64 = 5_000;

/// Verifies the signature and the claims. Returns the claims.
pub(crate) async fn verified<P: Platform>(
    core: &Core,
    platform: &P,
    jwks_url: &str,
    token: &Secret<String>,
    expected: &Expected<'_>,
) -> Result<Claims, Error> {
    let token = Jws::read(token.expose_secret())?;
    let key = core.keys.key(platform, jwks_url, &token.key_id).await?;
    if !platform.verify(&key, &token).await? {
        return Err(TokenFault::Signature.into());
    }
    expected.check(&token.claims)?;
    Ok(token.claims)
}

/// Verifies a token of this user pool and app client now: by the server's clock where the session knows it, else by the
/// local one.
pub(crate) async fn verify_token<P: Platform>(
    core: &Core,
    platform: &P,
    token: &Secret<String>,
    token_use: TokenUse,
) -> Result<Claims, Error> {
    let pool = core.config.require_user_pool()?;
    let (now_ms, leeway_ms) = match core.server_now_ms(platform).await {
        Some(now_ms) => (now_ms, KNOWN_CLOCK_LEEWAY_MS),
        None => (platform.now_ms(), 0),
    };
    let expected = Expected {
        token_use,
        issuers: pool.issuers(),
        client_id: pool.client_id(),
        now_ms: Some(now_ms),
        leeway_ms,
        max_age_ms: None,
        nonce: None,
        access_token: None,
        authenticated_within: None,
    };
    verified(core, platform, pool.jwks_url(), token, &expected).await
}
