//! Results in the shapes of Amplify v6.

use crate::config::Storage;
use crate::flow::sign_in::SignInStep;
use crate::flow::sign_out::SignedOut;
use crate::idp::code_delivery::CodeDelivery;
use crate::idp::sign_up::Output;
use crate::json::Value;
use crate::jwt::Claims;
use crate::secret::Secret;
use crate::session::{Record, error_json};

pub(super) fn sign_up(result: &Output) -> Value {
    let step = if result.confirmed { "DONE" } else { "CONFIRM_SIGN_UP" };
    let next = Value::object([("signUpStep", step.into())])
        .with_some("codeDeliveryDetails", result.delivery.as_ref().map(delivery));
    Value::object([
        ("isSignUpComplete", result.confirmed.into()),
        ("userId", result.user_sub.as_str().into()),
        ("nextStep", next),
    ])
}

pub(super) fn sign_up_complete() -> Value {
    Value::object([("isSignUpComplete", true.into()), ("nextStep", Value::object([("signUpStep", "DONE".into())]))])
}

pub(super) fn delivery(delivery: &CodeDelivery) -> Value {
    Value::object([])
        .with_some("destination", delivery.destination.as_deref())
        .with_some("deliveryMedium", delivery.medium.as_deref())
        .with_some("attributeName", delivery.attribute.as_deref())
}

pub(super) fn sign_in(step: SignInStep) -> Value {
    let name = match step {
        SignInStep::Done => "DONE",
        SignInStep::ConfirmSignUp => "CONFIRM_SIGN_UP",
        SignInStep::ResetPassword => "RESET_PASSWORD",
    };
    Value::object([
        ("isSignedIn", (step == SignInStep::Done).into()),
        ("nextStep", Value::object([("signInStep", name.into())])),
    ])
}

/// The session; an object without members if there is none.
pub(super) fn auth_session(record: Option<&Record>) -> Value {
    let Some(record) = record else { return Value::object([]) };
    let tokens = Value::object([("accessToken", token(record.access_token(), record.access_claims()))])
        .with_some("idToken", record.id_token().zip(record.id_claims()).map(|(text, claims)| token(text, claims)))
        .with_some("signInDetails", record.user_json().get("signInDetails").cloned());
    Value::object([("tokens", tokens), ("userSub", record.user_id().into())])
}

fn token(text: &Secret<String>, claims: &Claims) -> Value {
    Value::object([("token", text.into()), ("payload", claims.json().clone())])
}

pub(super) fn attributes(attributes: &[(String, String)]) -> Value {
    Value::string_map(attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

pub(super) fn signed_out(result: &SignedOut) -> Value {
    Value::object([("isRevoked", result.not_revoked.is_none().into())])
        .with_some("error", result.not_revoked.as_ref().map(error_json))
}

pub(super) const fn storage_name(storage: Storage) -> &'static str {
    match storage {
        Storage::Local => "local",
        Storage::Session => "session",
        Storage::Memory => "memory",
        Storage::Custom => "custom",
    }
}
