//! The client secret of Sign in with Apple: a token that the relying party signs (Apple, "Creating a client secret").

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use serde_json::json;

use crate::core::directory::providers::{IdentityProvider, apple_key};

const AUDIENCE: &str = "https://appleid.apple.com";
const LIFETIME_S: u64 = 300;

/// A fresh secret. `None` only if the private key, checked when the provider was made, can't sign.
pub(crate) fn make(provider: &IdentityProvider, now_ms: u64) -> Option<String> {
    let encode = |text: String| URL_SAFE_NO_PAD.encode(text);
    let detail = |name| provider.detail(name).unwrap_or_default();
    let issued = now_ms / 1000;
    let header = json!({ "alg": "ES256", "kid": detail("key_id") });
    let claims = json!({
        "iss": detail("team_id"), "sub": detail("client_id"), "aud": AUDIENCE, "iat": issued, "exp": issued + LIFETIME_S,
    });
    let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
    let signature = apple_key(detail("private_key"))?.sign(&SystemRandom::new(), message.as_bytes()).ok()?;
    Some(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
}
