//! Results in the shapes of Amplify v6.

use poolpass::config::Storage;
use poolpass::error::Error;
use poolpass::event::{SignInDetails, User};
use poolpass::flow::redirect::{AuthorizationRequest, RedirectResult, RedirectUser};
use poolpass::flow::sign_in::SignInStep;
use poolpass::flow::sign_out::SignedOut;
use poolpass::idp::code_delivery::CodeDelivery;
use poolpass::idp::sign_up::Output;
use poolpass::json::{Value, Writer};
use poolpass::jwt::Claims;
use poolpass::secret::Secret;
use poolpass::session::Session;

pub(crate) fn sign_up(result: &Output) -> Writer {
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

pub(crate) fn sign_up_complete() -> Writer {
    let mut json = Writer::object();
    json.bool("isSignUpComplete", true);
    json.open("nextStep");
    json.str("signUpStep", "DONE");
    json.close();
    json
}

pub(crate) fn delivery(delivery: &CodeDelivery) -> Writer {
    let mut json = Writer::object();
    write_delivery(&mut json, delivery);
    json
}

fn write_delivery(json: &mut Writer, delivery: &CodeDelivery) {
    json.str_if("destination", delivery.destination.as_deref());
    json.str_if("deliveryMedium", delivery.medium.as_deref());
    json.str_if("attributeName", delivery.attribute.as_deref());
}

pub(crate) fn sign_in(step: SignInStep) -> Writer {
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
pub(crate) fn user(session: &Session) -> Writer {
    let mut json = Writer::object();
    write_user(&mut json, &session.user());
    json
}

/// The session; nothing if there is none.
pub(crate) fn auth_session(session: Option<&Session>) -> Writer {
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

fn token(json: &mut Writer, key: &str, text: &Secret<String>, claims: &Claims) {
    json.open(key);
    json.secret("token", text);
    json.value("payload", claims.json());
    json.close();
}

/// Where to go, and the flow's `state`.
pub(crate) fn authorization_request(request: &AuthorizationRequest) -> Writer {
    let mut json = Writer::object();
    json.secret("url", &request.url);
    json.str("state", &request.state);
    json
}

/// The result of a flow; empty if there was none.
pub(crate) fn redirect_result(result: Option<&RedirectResult>) -> Writer {
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
pub(crate) fn provider_session(found: Option<&(Secret<String>, Claims)>) -> Writer {
    let mut json = Writer::object();
    if let Some((text, claims)) = found {
        token(&mut json, "idToken", text, claims);
    }
    json
}

/// An object as it is.
pub(crate) fn object(value: &Value) -> Writer {
    let mut json = Writer::object();
    for (name, value) in value.members().unwrap_or_default() {
        json.value(name, value);
    }
    json
}

pub(crate) fn attributes(attributes: &[(String, String)]) -> Writer {
    let mut json = Writer::object();
    for (name, value) in attributes {
        json.str(name, value);
    }
    json
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

pub(crate) fn error(error: &Error) -> Writer {
    let mut json = Writer::object();
    write_error(&mut json, error);
    json
}

pub(crate) const fn storage_name(storage: Storage) -> &'static str {
    match storage {
        Storage::Local => "local",
        Storage::Session => "session",
        Storage::Memory => "memory",
        Storage::Custom => "custom",
    }
}

/// Writes the user in the form of `getCurrentUser` and `signedIn`.
pub(crate) fn write_user(json: &mut Writer, user: &User) {
    json.str("username", &user.username);
    json.str("userId", &user.user_id);
    if let Some(details) = &user.sign_in_details {
        write_sign_in_details(json, details);
    }
}

/// Writes the details as the member `signInDetails`.
fn write_sign_in_details(json: &mut Writer, details: &SignInDetails) {
    json.open("signInDetails");
    json.str("loginId", &details.login_id);
    json.str("authFlowType", &details.auth_flow);
    json.close();
}

/// Writes an error: the members of `PoolpassError`.
fn write_error(json: &mut Writer, error: &Error) {
    json.str("name", error.name());
    json.str("code", error.code());
    json.str("message", &error.message());
    json.bool("retryable", error.retryable());
    json.str_if("reason", error.reason());
    json.str_if("recoverySuggestion", error.recovery_suggestion());
    if let Some(status) = error.status() {
        json.integer("status", i64::from(status));
    }
    json.str_if("requestId", error.service().and_then(|service| service.request_id.as_deref()));
}

/// Writes the error as the member `error`.
pub(crate) fn write_error_member(json: &mut Writer, error: &Error) {
    json.open("error");
    write_error(json, error);
    json.close();
}
