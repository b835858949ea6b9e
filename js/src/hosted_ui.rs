//! The hosted UI: sign-in by redirect and popup, and the verification of tokens.

use poolpass::error::Error;
use poolpass::flow::redirect::{
    AuthorizationRequest, HostedUi, Page, Provider, RedirectResult, RedirectSignIn, RedirectUser, SignOut,
};
use poolpass::json::{Value, Writer};
use poolpass::jwt::{Claims, TokenUse};
use poolpass::secret::Secret;

use crate::fields::{Fields, nothing};
use crate::operations::Operation;
use crate::output::{write_error_member, write_user};
use crate::user_pool::{signed_out, token};

/// The operation of a method.
pub(crate) fn find(name: &str) -> Option<Operation> {
    Some(match name {
        "signInWithRedirect" => |client, input| {
            Box::pin(async move {
                let request = client.sign_in_with_redirect(&redirect(input)?).await?;
                Ok(authorization_request(&request))
            })
        },
        "handleRedirect" => |client, input| {
            Box::pin(async move {
                let result = client.handle_redirect(Fields::root(input, &["url"])?.str("url")?).await;
                Ok(redirect_result(result.as_deref()))
            })
        },
        "fetchProviderSession" => |client, input| {
            Box::pin(async move {
                let provider = Fields::root(input, &["provider"])?.str("provider")?;
                let found = client.provider_token(provider).await?;
                Ok(provider_session(found.as_ref()))
            })
        },
        "userInfo" => |client, input| {
            Box::pin(async move {
                nothing(input)?;
                client.user_info().await.map(|claims| object(&claims))
            })
        },
        "verifyToken" => |client, input| {
            Box::pin(async move {
                let (token, token_use) = token_input(input)?;
                client.verify_token(&token, token_use).await.map(|claims| object(claims.json()))
            })
        },
        "signOut" => |client, input| {
            Box::pin(async move { client.sign_out(&sign_out(input)?).await.map(|result| signed_out(&result)) })
        },
        _ => return None,
    })
}

fn sign_out(json: &Value) -> Result<SignOut, Error> {
    let fields = Fields::root(json, &["global", "redirect", "signInAgain", "pageUrl"])?;
    let page_url = fields.str("pageUrl")?.to_owned();
    let hosted_ui = match (fields.json.get("signInAgain"), fields.json.get("redirect")) {
        (Some(again), None) => {
            let again = RedirectSignIn { page_url: page_url.clone(), ..redirect(again)? };
            HostedUi::SignInAgain(Box::new(again))
        }
        (Some(_), Some(_)) => return Err(fields.bad("signInAgain")),
        (None, None) => HostedUi::EndIfUsed,
        (None, Some(Value::Bool(false))) => HostedUi::Leave,
        (None, Some(Value::Bool(true))) => HostedUi::End(None),
        (None, Some(_)) => HostedUi::End(fields.str_if("redirect")?),
    };
    Ok(SignOut { global: fields.bool("global")?.unwrap_or(false), hosted_ui, page_url })
}

/// The parameters of an authorization request that are texts: Amplify's or our name, and the wire's.
const PARAMETERS: [(&str, &str); 4] =
    [("loginHint", "login_hint"), ("lang", "lang"), ("resource", "resource"), ("acrValues", "acr_values")];

fn redirect(json: &Value) -> Result<RedirectSignIn, Error> {
    let fields = Fields::root(json, &["provider", "customState", "options", "pageUrl", "inPopup"])?;
    let options = fields.options(&[
        "loginHint",
        "lang",
        "resource",
        "acrValues",
        "prompt",
        "nonce",
        "maxAge",
        "scopes",
        "page",
        "redirectUri",
        "returnTo",
        "parameters",
    ])?;
    let mut parameters = options.string_map("parameters")?;
    for (name, on_wire) in PARAMETERS {
        if let Some(text) = options.str_if(name)? {
            parameters.push((on_wire.to_owned(), text));
        }
    }
    let prompt = options.list("prompt")?.join(" ").to_ascii_lowercase();
    if !prompt.is_empty() {
        parameters.push(("prompt".to_owned(), prompt));
    }
    let max_age = options.integer("maxAge")?;
    if max_age.is_some_and(|seconds| seconds < 0) {
        return Err(options.bad("maxAge"));
    }
    Ok(RedirectSignIn {
        provider: provider(&fields)?,
        page: page(&options)?,
        scopes: options.list("scopes")?,
        redirect_uri: options.str_if("redirectUri")?,
        page_url: fields.str("pageUrl")?.to_owned(),
        return_to: options.str_if("returnTo")?,
        custom_state: fields.json.get("customState").cloned(),
        nonce: options.str_if("nonce")?.filter(|nonce| !nonce.is_empty()),
        max_age,
        parameters,
        in_popup: fields.bool("inPopup")?.unwrap_or(false),
    })
}

fn provider(fields: &Fields<'_>) -> Result<Option<Provider>, Error> {
    let value = match fields.json.get("provider") {
        None | Some(Value::Null) => return Ok(None),
        Some(value) => value,
    };
    let provider = match (value.as_str(), value.members()) {
        (Some(name), _) => Provider::Named(name.to_owned()),
        (None, Some([(key, Value::String(name))])) => {
            let name = name.expose_secret().clone();
            match key.as_str() {
                "custom" => Provider::Named(name),
                "idpIdentifier" => Provider::Identifier(name),
                "oidc" => Provider::Oidc(name),
                _ => return Err(fields.bad("provider")),
            }
        }
        _ => return Err(fields.bad("provider")),
    };
    Ok(Some(provider))
}

fn page(options: &Fields<'_>) -> Result<Page, Error> {
    match options.str("page")? {
        "" | "signIn" => Ok(Page::SignIn),
        "signUp" => Ok(Page::SignUp),
        "forgotPassword" => Ok(Page::ForgotPassword),
        "passkeys" => Ok(Page::Passkeys),
        _ => Err(options.bad("page")),
    }
}

fn token_input(json: &Value) -> Result<(Secret<String>, TokenUse), Error> {
    let fields = Fields::root(json, &["token", "tokenUse"])?;
    let token_use = match fields.str("tokenUse")? {
        "id" => TokenUse::Id,
        "access" => TokenUse::Access,
        _ => return Err(fields.bad("tokenUse")),
    };
    Ok((fields.secret("token")?, token_use))
}

/// Where to go, and the flow's `state`.
fn authorization_request(request: &AuthorizationRequest) -> Writer {
    let mut json = Writer::object();
    json.secret("url", &request.url);
    json.str("state", &request.state);
    json
}

/// The result of a flow; empty if there was none.
fn redirect_result(result: Option<&RedirectResult>) -> Writer {
    let mut json = Writer::object();
    let Some(result) = result else { return json };
    json.bool("isSignedIn", result.outcome.is_ok());
    match &result.outcome {
        Ok(RedirectUser::UserPool(session)) => {
            json.open("user");
            write_user(&mut json, &session.user());
            json.close();
        }
        Ok(RedirectUser::External { provider, .. }) => json.str("provider", provider),
        Err(error) => write_error_member(&mut json, error),
    }
    json.str_if("returnTo", result.return_to.as_deref());
    if let Some(state) = &result.custom_state {
        json.value("customState", state);
    }
    json
}

/// A provider's ID token; nothing if there is none.
fn provider_session(found: Option<&(Secret<String>, Claims)>) -> Writer {
    let mut json = Writer::object();
    if let Some((text, claims)) = found {
        token(&mut json, "idToken", text, claims);
    }
    json
}

/// An object as it is.
fn object(value: &Value) -> Writer {
    let mut json = Writer::object();
    for (name, value) in value.members().unwrap_or_default() {
        json.value(name, value);
    }
    json
}
