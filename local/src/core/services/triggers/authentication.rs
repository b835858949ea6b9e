//! Pre and post authentication.

use serde_json::{Value, json};

use super::event::{Event, attributes, invoke};
use crate::core::directory::{AppClient, Trigger, User, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// Asks whether someone may try to sign in, before anything is checked. Of a name that no user has the function hears only where the
/// client hides that (Developer Guide, "Pre authentication Lambda trigger").
///
/// # Errors
/// As [`invoke`].
pub(crate) fn pre_authentication(
    pool: &UserPool,
    client: &AppClient,
    login: &str,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let user = pool.find(login);
    if user.is_none() && !client.hides_unknown_users() {
        return Ok(());
    }
    let mut request = json!({ "userAttributes": user.map(attributes).unwrap_or_default() });
    if client.hides_unknown_users() {
        request["userNotFound"] = json!(user.is_none());
    }
    let event = Event {
        trigger: Trigger::PreAuthentication,
        source: "PreAuthentication_Authentication",
        username: user.map_or(login, |user| &user.username),
        request,
        response: json!({}),
    };
    invoke::<Value>(pool, &event, context).map(drop)
}

/// Tells that a user has proven everything, before there are tokens. `new_device` is `None` in pools that remember no devices.
///
/// # Errors
/// As [`invoke`].
pub(crate) fn post_authentication(
    pool: &UserPool,
    user: &User,
    new_device: Option<bool>,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let event = Event {
        trigger: Trigger::PostAuthentication,
        source: "PostAuthentication_Authentication",
        username: &user.username,
        request: json!({ "userAttributes": attributes(user), "newDeviceUsed": new_device.unwrap_or(false) }),
        response: json!({}),
    };
    invoke::<Value>(pool, &event, context).map(drop)
}
