//! The way to an OAuth 2 provider: the address that the browser is sent to.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::endpoints::OAuth;
use crate::core::directory::providers::{IdentityProvider, ProviderKind};
use crate::core::wire::form::with_query;

/// What belongs to one sign-in.
pub(crate) struct Secrets<'a> {
    pub(crate) state: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) verifier: &'a str,
}

/// What an app asks of the provider. Cognito forwards `login_hint` to OpenID Connect providers and Google only, and of `prompt`
/// everything but `none` ("Authorize endpoint").
pub(crate) struct Forwarded<'a> {
    pub(crate) login_hint: Option<&'a str>,
    pub(crate) prompts: &'a [String],
}

pub(crate) fn address(
    provider: &IdentityProvider,
    endpoints: &OAuth,
    base: &str,
    secrets: &Secrets<'_>,
    forwarded: &Forwarded<'_>,
) -> String {
    let kind = provider.kind();
    let callback = callback(base);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(secrets.verifier));
    let mut pairs = vec![
        ("client_id", provider.detail("client_id").unwrap_or_default()),
        ("redirect_uri", &callback),
        ("scope", provider.detail("authorize_scopes").unwrap_or_default()),
        ("response_type", "code"),
        ("state", secrets.state),
    ];
    if endpoints.issuer.is_some() {
        pairs.push(("nonce", secrets.nonce));
    }
    if kind == ProviderKind::SignInWithApple {
        pairs.push(("response_mode", "form_post"));
    }
    if has_pkce(kind) {
        pairs.extend([("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")]);
    }
    if let (Some(hint), ProviderKind::Oidc | ProviderKind::Google) = (forwarded.login_hint, kind) {
        pairs.push(("login_hint", hint));
    }
    let prompts = forwarded.prompts.iter().map(String::as_str).filter(|value| *value != "none");
    let prompt = prompts.collect::<Vec<_>>().join(" ");
    if !prompt.is_empty() {
        pairs.push(("prompt", &prompt));
    }
    with_query(&endpoints.authorize, &pairs)
}

pub(crate) fn has_pkce(kind: ProviderKind) -> bool {
    matches!(kind, ProviderKind::Oidc | ProviderKind::Google)
}

/// Where OAuth 2 providers send the browser back to.
pub(crate) fn callback(base: &str) -> String {
    format!("{base}/oauth2/idpresponse")
}
