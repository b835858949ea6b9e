//! Starting a sign-in at a sign-in page.

use super::pending::{FlowStore, Kept, Pending};
use super::{Page, Provider, RedirectSignIn, address, issuer, servers};
use crate::encode::base64;
use crate::error::{BadSetting, Error, ErrorKind, Misuse, SettingProblem};
use crate::json::decimal;
use crate::oauth::authorization_response::{Way, state_prefix};
use crate::oauth::authorize::{Authorize, is_free};
use crate::oauth::{self, discovery};
use crate::pkce;
use crate::platform::Platform;
use crate::retry::{Retry, send_with_retry_as};
use crate::secret::Secret;
use crate::session::Core;

/// A flow that is stored, and the page to go to.
#[derive(Debug)]
pub struct AuthorizationRequest {
    /// The address of the sign-in page.
    pub url: Secret<String>,
    /// The flow's `state`.
    pub state: String,
}

/// Stores a flow and returns the address of its sign-in page.
pub(crate) async fn start<P: Platform>(
    core: &Core,
    platform: &P,
    input: &RedirectSignIn,
) -> Result<AuthorizationRequest, Error> {
    let config = &core.config;
    if let Some((name, _)) = input.parameters.iter().find(|(name, _)| !is_free(name)) {
        return Err(Misuse::Option(["options.parameters.", name].concat()).into());
    }
    let return_to = match &input.return_to {
        Some(place) if !place.is_empty() && !address::is_place(place) => {
            return Err(Misuse::Option("options.returnTo".to_owned()).into());
        }
        Some(place) => place.clone(),
        None => address::place(&input.page_url),
    };
    let oidc = match &input.provider {
        Some(Provider::Oidc(name)) => Some(config.require_oidc_provider(name)?),
        _ => None,
    };
    let (client_id, urls, setting, usual_scopes) = match oidc {
        Some(provider) => {
            (provider.client_id(), provider.redirect_sign_in(), "oidcProviders.redirectSignIn", provider.scopes())
        }
        None => {
            let (pool, oauth) = config.require_oauth()?;
            if pool.has_secret_at_server() {
                return Err(config.bad("userPool.clientSecret", SettingProblem::CannotExchange));
            }
            let setting = config.name_of("userPool.oauth.redirectSignIn");
            (pool.client_id(), oauth.redirect_sign_in(), setting, oauth.scopes())
        }
    };
    let redirect_uri = address::choose(setting, urls, input.redirect_uri.as_deref(), &input.page_url)?;

    let provider = match oidc {
        Some(provider) => {
            let response =
                send_with_retry_as(platform, discovery::request(provider), Retry::Transient, oauth::accept).await?;
            let endpoints = discovery::read(&response, provider)?;
            if !endpoints.names_issuer && servers::share(redirect_uri, provider.issuer()) {
                let key = ["oidcProviders.", provider.name(), ".redirectSignIn"].concat();
                return Err(ErrorKind::Config(BadSetting { key, problem: SettingProblem::SharedCallback }).into());
            }
            Some((provider.name().to_owned(), endpoints))
        }
        None => None,
    };
    let way = if input.in_popup { Way::Popup } else { Way::Redirect };
    let state = [state_prefix(config.namespace(), way), random_text(platform)?].concat();
    let nonce = match &input.nonce {
        Some(nonce) => nonce.clone(),
        None => random_text(platform)?,
    };
    let pending = Pending {
        created_at_ms: platform.now_ms(),
        verifier: pkce::verifier(&random(platform)?),
        nonce,
        redirect_uri: redirect_uri.to_owned(),
        max_age: input.max_age,
        provider,
        kept: Kept {
            custom_state: input.custom_state.clone(),
            return_to: Some(return_to).filter(|place| !place.is_empty()),
        },
    };
    let url = sign_in_url(core, input, &pending, client_id, usual_scopes, &state)?;
    let flows = FlowStore { platform, namespace: config.namespace() };
    flows.remove_expired().await;
    flows.save(&state, &pending, input.in_popup).await?;
    Ok(AuthorizationRequest { url, state })
}

fn sign_in_url(
    core: &Core,
    input: &RedirectSignIn,
    pending: &Pending,
    client_id: &str,
    usual_scopes: &[String],
    state: &str,
) -> Result<Secret<String>, Error> {
    let scopes = if input.scopes.is_empty() { usual_scopes } else { &input.scopes };
    let mut more: Vec<(&str, &str)> =
        input.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if let Some(provider) = &input.provider {
        more.push(issuer::cognito_name(provider));
    }
    let seconds = input.max_age.map(decimal);
    if let Some(seconds) = &seconds {
        more.push(("max_age", seconds));
    }
    let authorize = Authorize {
        client_id,
        redirect_uri: &pending.redirect_uri,
        scopes,
        state,
        nonce: &pending.nonce,
        code_challenge: &pkce::challenge(&pending.verifier),
        more,
    };
    if let Some((_, endpoints)) = &pending.provider {
        return Ok(authorize.url(&endpoints.authorize));
    }
    let page = match input.page {
        Page::SignIn => "/oauth2/authorize",
        Page::SignUp => "/signup",
        Page::ForgotPassword => "/forgotPassword",
        Page::Passkeys => "/passkeys/add",
        Page::SignOut => "/logout",
    };
    Ok(authorize.url(&[core.config.require_oauth()?.1.url(), page].concat()))
}

fn random<P: Platform>(platform: &P) -> Result<Secret<Vec<u8>>, Error> {
    let mut bytes = Secret::new(vec![0; 32]);
    platform.fill_random(bytes.expose_secret_mut())?;
    Ok(bytes)
}

fn random_text<P: Platform>(platform: &P) -> Result<String, Error> {
    Ok(base64::encode_url(random(platform)?.expose_secret()))
}
