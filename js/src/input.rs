//! Inputs of signing up, in and out: the shapes of Amplify v6.

use crate::fields::Fields;
use poolpass::error::Error;
use poolpass::flow::redirect::{Page, Provider, RedirectSignIn};
use poolpass::flow::sign_in::{AuthFlow, SignIn};
use poolpass::flow::sign_out::{HostedUi, SignOut};
use poolpass::flow::sign_up::{ConfirmSignUp, ResendSignUpCode, SignUp};
use poolpass::json::Value;
use poolpass::jwt::TokenUse;
use poolpass::secret::Secret;

pub(crate) fn nothing(json: &Value) -> Result<(), Error> {
    Fields::root(json, &[]).map(drop)
}

pub(crate) fn sign_up(json: &Value) -> Result<SignUp, Error> {
    let fields = Fields::root(json, &["username", "password", "options"])?;
    let options = fields.options(&["userAttributes", "validationData", "clientMetadata"])?;
    Ok(SignUp {
        username: fields.str("username")?.to_owned(),
        password: fields.secret("password")?,
        attributes: options.string_map("userAttributes")?,
        validation_data: options.string_map("validationData")?,
        client_metadata: options.string_map("clientMetadata")?,
    })
}

pub(crate) fn confirm_sign_up(json: &Value) -> Result<ConfirmSignUp, Error> {
    let fields = Fields::root(json, &["username", "confirmationCode", "options"])?;
    let options = fields.options(&["forceAliasCreation", "clientMetadata"])?;
    Ok(ConfirmSignUp {
        username: fields.str("username")?.to_owned(),
        code: fields.secret("confirmationCode")?,
        force_alias_creation: options.bool("forceAliasCreation")?,
        client_metadata: options.string_map("clientMetadata")?,
    })
}

pub(crate) fn resend_sign_up_code(json: &Value) -> Result<ResendSignUpCode, Error> {
    let fields = Fields::root(json, &["username", "options"])?;
    let options = fields.options(&["clientMetadata"])?;
    Ok(ResendSignUpCode {
        username: fields.str("username")?.to_owned(),
        client_metadata: options.string_map("clientMetadata")?,
    })
}

pub(crate) fn sign_in(json: &Value) -> Result<SignIn, Error> {
    let fields = Fields::root(json, &["username", "password", "options"])?;
    let options = fields.options(&["authFlowType", "clientMetadata"])?;
    let flow = match options.str("authFlowType")? {
        "" | "USER_SRP_AUTH" => AuthFlow::UserSrpAuth,
        "USER_PASSWORD_AUTH" => AuthFlow::UserPasswordAuth,
        _ => return Err(options.bad("authFlowType")),
    };
    Ok(SignIn {
        username: fields.str("username")?.to_owned(),
        password: fields.secret("password")?,
        flow,
        client_metadata: options.string_map("clientMetadata")?,
    })
}

pub(crate) fn force_refresh(json: &Value) -> Result<bool, Error> {
    Ok(Fields::root(json, &["forceRefresh"])?.bool("forceRefresh")?.unwrap_or(false))
}

pub(crate) fn sign_out(json: &Value) -> Result<SignOut, Error> {
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

pub(crate) fn redirect(json: &Value) -> Result<RedirectSignIn, Error> {
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

pub(crate) fn url(json: &Value) -> Result<String, Error> {
    Fields::root(json, &["url"])?.str("url").map(str::to_owned)
}

pub(crate) fn provider_name(json: &Value) -> Result<String, Error> {
    Fields::root(json, &["provider"])?.str("provider").map(str::to_owned)
}

pub(crate) fn token(json: &Value) -> Result<(Secret<String>, TokenUse), Error> {
    let fields = Fields::root(json, &["token", "tokenUse"])?;
    let token_use = match fields.str("tokenUse")? {
        "id" => TokenUse::Id,
        "access" => TokenUse::Access,
        _ => return Err(fields.bad("tokenUse")),
    };
    Ok((fields.secret("token")?, token_use))
}
