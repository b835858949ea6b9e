//! Results in the shapes of Amplify v6.

use crate::web::message::{write_error, write_error_member, write_sign_in_details, write_user};
use poolpass::config::Storage;
use poolpass::error::Error;
use poolpass::flow::redirect::{Arrival, Redirected, Started};
use poolpass::flow::sign_in::SignInStep;
use poolpass::flow::sign_out::SignedOut;
use poolpass::idp::code_delivery::CodeDelivery;
use poolpass::idp::sign_up::Output;
use poolpass::json::{Value, Writer};
use poolpass::jwt::Claims;
use poolpass::secret::Secret;
use poolpass::session::Record;

pub(crate) fn sign_up(result: &Output) -> Writer {
    let mut json = Writer::object();
    json.truth("isSignUpComplete", result.confirmed);
    json.text("userId", &result.user_sub);
    json.open("nextStep");
    json.text("signUpStep", if result.confirmed { "DONE" } else { "CONFIRM_SIGN_UP" });
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
    json.truth("isSignUpComplete", true);
    json.open("nextStep");
    json.text("signUpStep", "DONE");
    json.close();
    json
}

pub(crate) fn delivery(delivery: &CodeDelivery) -> Writer {
    let mut json = Writer::object();
    write_delivery(&mut json, delivery);
    json
}

fn write_delivery(json: &mut Writer, delivery: &CodeDelivery) {
    json.text_if("destination", delivery.destination.as_deref());
    json.text_if("deliveryMedium", delivery.medium.as_deref());
    json.text_if("attributeName", delivery.attribute.as_deref());
}

pub(crate) fn sign_in(step: SignInStep) -> Writer {
    let mut json = Writer::object();
    let name = match step {
        SignInStep::Done => "DONE",
        SignInStep::ConfirmSignUp => "CONFIRM_SIGN_UP",
        SignInStep::ResetPassword => "RESET_PASSWORD",
    };
    json.truth("isSignedIn", step == SignInStep::Done);
    json.open("nextStep");
    json.text("signInStep", name);
    json.close();
    json
}

/// The user of a record.
pub(crate) fn user(record: &Record) -> Writer {
    let mut json = Writer::object();
    write_user(&mut json, &record.user());
    json
}

/// The session; nothing if there is none.
pub(crate) fn auth_session(record: Option<&Record>) -> Writer {
    let mut json = Writer::object();
    let Some(record) = record else { return json };
    json.open("tokens");
    token(&mut json, "accessToken", record.access_token(), record.access_claims());
    if let (Some(text), Some(claims)) = (record.id_token(), record.id_claims()) {
        token(&mut json, "idToken", text, claims);
    }
    if let Some(details) = record.sign_in_details() {
        write_sign_in_details(&mut json, details);
    }
    json.close();
    json.text("userSub", record.user_id());
    json
}

fn token(json: &mut Writer, key: &str, text: &Secret<String>, claims: &Claims) {
    json.open(key);
    json.secret("token", text);
    json.value("payload", claims.json());
    json.close();
}

/// Where to go, and the flow's `state`.
pub(crate) fn started(started: &Started) -> Writer {
    let mut json = Writer::object();
    json.secret("url", &started.url);
    json.text("state", &started.state);
    json
}

/// What came of a flow; nothing if there was none.
pub(crate) fn redirected(redirected: Option<&Redirected>) -> Writer {
    let mut json = Writer::object();
    let Some(redirected) = redirected else { return json };
    json.truth("isSignedIn", redirected.outcome.is_ok());
    match &redirected.outcome {
        Ok(Arrival::User(record)) => {
            json.open("user");
            write_user(&mut json, &record.user());
            json.close();
        }
        Ok(Arrival::Foreign { provider, .. }) => json.text("provider", provider),
        Err(error) => write_error_member(&mut json, error),
    }
    json.text_if("returnTo", redirected.return_to.as_deref());
    if let Some(state) = &redirected.custom_state {
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
        json.text(name, value);
    }
    json
}

pub(crate) fn signed_out(result: &SignedOut) -> Writer {
    let mut json = Writer::object();
    json.truth("isRevoked", result.not_revoked.is_none());
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
