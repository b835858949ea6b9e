//! The user pool: sign-up, sign-in, the session, the profile, sign-out.

use poolpass::error::Error;
use poolpass::flow::sign_in::{AuthFlow, SignIn, SignInStep};
use poolpass::flow::sign_out::SignedOut;
use poolpass::flow::sign_up::{ConfirmSignUp, ResendSignUpCode, SignUp};
use poolpass::idp::code_delivery::CodeDelivery;
use poolpass::idp::sign_up::Output;
use poolpass::json::{Value, Writer};
use poolpass::jwt::Claims;
use poolpass::secret::Secret;
use poolpass::session::Session;

use crate::fields::{Fields, nothing};
use crate::operations::Operation;
use crate::output::{write_error_member, write_sign_in_details, write_user};

/// The operation of a method.
pub(crate) fn find(name: &str) -> Option<Operation> {
    Some(match name {
        "signUp" => |client, input| {
            Box::pin(async move {
                let result = client.sign_up(&sign_up_input(&input)?).await?;
                Ok(sign_up(&result))
            })
        },
        "confirmSignUp" => |client, input| {
            Box::pin(async move {
                client.confirm_sign_up(&confirm_sign_up_input(&input)?).await?;
                Ok(sign_up_complete())
            })
        },
        "resendSignUpCode" => |client, input| {
            Box::pin(async move {
                let found = client.resend_sign_up_code(&resend_sign_up_code_input(&input)?).await?;
                Ok(delivery(&found))
            })
        },
        "signIn" => |client, input| Box::pin(async move { client.sign_in(&sign_in_input(&input)?).await.map(sign_in) }),
        "warmUp" => |client, input| {
            Box::pin(async move {
                nothing(&input)?;
                client.warm_up().map(|()| Writer::object())
            })
        },
        "recheck" => |client, _| Box::pin(async move { client.recheck().await.map(|()| Writer::object()) }),
        "getCurrentUser" => |client, input| {
            Box::pin(async move {
                nothing(&input)?;
                client.current_session().await.map(|session| user(&session))
            })
        },
        "fetchAuthSession" => |client, input| {
            Box::pin(async move {
                let session = client.fetch_auth_session(force_refresh(&input)?).await?;
                Ok(auth_session(session.as_deref()))
            })
        },
        "fetchUserAttributes" => |client, input| {
            Box::pin(async move {
                nothing(&input)?;
                client.fetch_user_attributes().await.map(|found| attributes(&found))
            })
        },
        #[cfg(not(feature = "hosted-ui"))]
        "signOut" => |client, input| {
            Box::pin(async move {
                let global = Fields::root(&input, &["global", "pageUrl"])?.bool("global")?.unwrap_or(false);
                client.sign_out_here(global).await.map(|result| signed_out(&result))
            })
        },
        _ => return None,
    })
}

fn sign_up_input(json: &Value) -> Result<SignUp, Error> {
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

fn confirm_sign_up_input(json: &Value) -> Result<ConfirmSignUp, Error> {
    let fields = Fields::root(json, &["username", "confirmationCode", "options"])?;
    let options = fields.options(&["forceAliasCreation", "clientMetadata"])?;
    Ok(ConfirmSignUp {
        username: fields.str("username")?.to_owned(),
        code: fields.secret("confirmationCode")?,
        force_alias_creation: options.bool("forceAliasCreation")?,
        client_metadata: options.string_map("clientMetadata")?,
    })
}

fn resend_sign_up_code_input(json: &Value) -> Result<ResendSignUpCode, Error> {
    let fields = Fields::root(json, &["username", "options"])?;
    let options = fields.options(&["clientMetadata"])?;
    Ok(ResendSignUpCode {
        username: fields.str("username")?.to_owned(),
        client_metadata: options.string_map("clientMetadata")?,
    })
}

fn sign_in_input(json: &Value) -> Result<SignIn, Error> {
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

fn force_refresh(json: &Value) -> Result<bool, Error> {
    Ok(Fields::root(json, &["forceRefresh"])?.bool("forceRefresh")?.unwrap_or(false))
}

fn sign_up(result: &Output) -> Writer {
    let mut json = Writer::object();
    json.bool("isSignUpComplete", result.confirmed);
    json.str("userId", &result.user_sub);
    json.open("nextStep");
    json.str("signUpStep", if result.confirmed { "DONE" } else { "CONFIRM_SIGN_UP" });
    if let Some(to) = &result.delivery {
        json.open("codeDeliveryDetails");
        write_delivery(&mut json, to);
        json.close();
    }
    json.close();
    json
}

fn sign_up_complete() -> Writer {
    let mut json = Writer::object();
    json.bool("isSignUpComplete", true);
    json.open("nextStep");
    json.str("signUpStep", "DONE");
    json.close();
    json
}

fn delivery(delivery: &CodeDelivery) -> Writer {
    let mut json = Writer::object();
    write_delivery(&mut json, delivery);
    json
}

fn write_delivery(json: &mut Writer, delivery: &CodeDelivery) {
    json.str_if("destination", delivery.destination.as_deref());
    json.str_if("deliveryMedium", delivery.medium.as_deref());
    json.str_if("attributeName", delivery.attribute.as_deref());
}

fn sign_in(step: SignInStep) -> Writer {
    let mut json = Writer::object();
    let name = match step {
        SignInStep::Done => "DONE",
        SignInStep::ConfirmSignUp => "CONFIRM_SIGN_UP",
        SignInStep::ResetPassword => "RESET_PASSWORD",
    };
    json.bool("isSignedIn", step == SignInStep::Done);
    json.open("nextStep");
    json.str("signInStep", name);
    json.close();
    json
}

/// The user of a record.
fn user(session: &Session) -> Writer {
    let mut json = Writer::object();
    write_user(&mut json, &session.user());
    json
}

/// The session; nothing if there is none.
fn auth_session(session: Option<&Session>) -> Writer {
    let mut json = Writer::object();
    let Some(session) = session else { return json };
    json.open("tokens");
    token(&mut json, "accessToken", session.access_token(), session.access_claims());
    if let (Some(text), Some(claims)) = (session.id_token(), session.id_claims()) {
        token(&mut json, "idToken", text, claims);
    }
    if let Some(details) = session.sign_in_details() {
        write_sign_in_details(&mut json, details);
    }
    json.close();
    json.str("userSub", session.user_id());
    json
}

fn attributes(attributes: &[(String, String)]) -> Writer {
    let mut json = Writer::object();
    for (name, value) in attributes {
        json.str(name, value);
    }
    json
}

pub(crate) fn token(json: &mut Writer, key: &str, text: &Secret<String>, claims: &Claims) {
    json.open(key);
    json.secret("token", text);
    json.value("payload", claims.json());
    json.close();
}

pub(crate) fn signed_out(result: &SignedOut) -> Writer {
    let mut json = Writer::object();
    json.bool("isRevoked", result.not_revoked.is_none());
    if let Some(error) = &result.not_revoked {
        write_error_member(&mut json, error);
    }
    json.secret_if("goTo", result.go_to.as_ref());
    json
}
