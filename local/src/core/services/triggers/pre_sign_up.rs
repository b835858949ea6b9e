//! Pre sign-up: refuses newcomers, or confirms them at once.

use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

use super::event::{Event, invoke};
use super::failure::invalid_response;
use crate::core::directory::{Trigger, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// How someone comes to the pool.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Newcomer {
    AdminCreateUser,
    ExternalProvider,
    SignUp,
}

impl Newcomer {
    fn source(self) -> &'static str {
        match self {
            Self::AdminCreateUser => "PreSignUp_AdminCreateUser",
            Self::ExternalProvider => "PreSignUp_ExternalProvider",
            Self::SignUp => "PreSignUp_SignUp",
        }
    }
}

/// What the function wants of a sign-up.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct PreSignUp {
    auto_confirm_user: Option<bool>,
    auto_verify_email: Option<bool>,
    auto_verify_phone: Option<bool>,
}

impl PreSignUp {
    pub(crate) fn confirms(&self) -> bool {
        self.auto_confirm_user == Some(true)
    }

    /// The attributes that are to be taken for verified.
    pub(crate) fn verified(&self) -> impl Iterator<Item = &'static str> {
        let [email, phone] = [self.auto_verify_email, self.auto_verify_phone].map(|verify| verify == Some(true));
        [("email", email), ("phone_number", phone)].into_iter().filter_map(|(name, verify)| verify.then_some(name))
    }
}

/// Asks about a newcomer. "Response parameters autoVerifyPhone, autoVerifyEmail and autoConfirmUser are ignored by Amazon Cognito when
/// the pre sign-up Lambda function is triggered by the AdminCreateUser API" (Developer Guide, "Pre sign-up Lambda trigger").
///
/// # Errors
/// As [`invoke`]; `InvalidLambdaResponseException` when an address is to be verified that there is none of.
pub(crate) fn pre_sign_up(
    pool: &UserPool,
    newcomer: Newcomer,
    username: &str,
    attributes: &BTreeMap<String, String>,
    context: &mut Context<'_>,
) -> Result<PreSignUp, ServiceError> {
    let event = Event {
        trigger: Trigger::PreSignUp,
        source: newcomer.source(),
        username,
        request: json!({ "userAttributes": attributes }),
        response: json!({ "autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false }),
    };
    let wants: PreSignUp = invoke(pool, &event, context)?.unwrap_or_default();
    if newcomer != Newcomer::SignUp {
        return Ok(PreSignUp::default());
    }
    let lacking = wants.verified().find(|name| attributes.get(*name).is_none_or(String::is_empty));
    match lacking {
        Some(name) => Err(invalid_response(format!("PreSignUp wants to verify {name}, which the user does not have"))),
        None => Ok(wants),
    }
}
