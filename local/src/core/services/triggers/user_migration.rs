//! User migration: the function knows users whom the pool does not know yet.

use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

use super::event::{Event, invoke};
use super::failure::{invalid_response, is_refusal};
use crate::core::directory::{AppClient, Trigger, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, user_not_found};

/// What someone unknown wants to do.
#[derive(Clone, Copy)]
pub(crate) enum Migration<'a> {
    ForgotPassword,
    /// Sign in with this password.
    SignIn(&'a str),
}

/// A user, as the function knows them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Migrated {
    #[serde(rename = "userAttributes")]
    given: Option<BTreeMap<String, String>>,
    final_user_status: Option<String>,
    message_action: Option<String>,
    pub(crate) desired_delivery_mediums: Option<Vec<String>>,
    force_alias_creation: Option<bool>,
    #[serde(rename = "enableSMSMFA")]
    enable_sms_mfa: Option<bool>,
    #[serde(skip)]
    pub(crate) attributes: BTreeMap<String, String>,
}

impl Migrated {
    /// Whether the password of the sign-in is the user's from now on.
    pub(crate) fn is_confirmed(&self) -> bool {
        self.final_user_status.as_deref() == Some("CONFIRMED")
    }

    pub(crate) fn is_welcomed(&self) -> bool {
        self.message_action.as_deref() != Some("SUPPRESS")
    }

    pub(crate) fn forces_alias(&self) -> bool {
        self.force_alias_creation == Some(true)
    }

    pub(crate) fn enables_sms_mfa(&self) -> bool {
        self.enable_sms_mfa == Some(true)
    }
}

/// Asks for a user whom the pool does not know; `None` in pools without such a function, and where a client that hides unknown users must
/// not be told that the function does not know them either.
///
/// # Errors
/// As [`invoke`]; `UserNotFoundException` where the function refuses; `InvalidLambdaResponseException` without `userAttributes`, or for
/// a status that no migrated user can have.
pub(crate) fn user_migration(
    pool: &UserPool,
    client: &AppClient,
    login: &str,
    migration: Migration<'_>,
    context: &mut Context<'_>,
) -> Result<Option<Migrated>, ServiceError> {
    if pool.find(login).is_some() {
        return Ok(None);
    }
    let (source, request) = match migration {
        Migration::ForgotPassword => ("UserMigration_ForgotPassword", json!({})),
        Migration::SignIn(password) => ("UserMigration_Authentication", json!({ "password": password })),
    };
    let response = json!({
        "userAttributes": null, "forceAliasCreation": null, "enableSMSMFA": null,
        "finalUserStatus": null, "messageAction": null, "desiredDeliveryMediums": null,
    });
    let event = Event { trigger: Trigger::UserMigration, source, username: login, request, response };
    let migrated: Option<Migrated> = match invoke(pool, &event, context) {
        // AWS was seen to say "Exception migrating user in app client".
        Err(error) if is_refusal(&error) && client.hides_unknown_users() => return Ok(None),
        Err(error) if is_refusal(&error) => {
            let text = format!("Exception migrating user in app client {}", client.id);
            return Err(ServiceError { message: text.into(), ..user_not_found() });
        }
        answer => answer?,
    };
    let Some(mut migrated) = migrated else { return Ok(None) };
    migrated.attributes = migrated.given.take().filter(|given| !given.is_empty()).ok_or_else(|| {
        // "This field is required" (Developer Guide, "Migrate user Lambda trigger").
        invalid_response("The response of UserMigration must have userAttributes")
    })?;
    if !matches!(migrated.final_user_status.as_deref(), None | Some("CONFIRMED" | "RESET_REQUIRED")) {
        return Err(invalid_response("finalUserStatus must be CONFIRMED or RESET_REQUIRED"));
    }
    Ok(Some(migrated))
}
