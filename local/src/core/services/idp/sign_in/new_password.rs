//! The challenge NEW_PASSWORD_REQUIRED.

use serde_json::{Value, json};

use super::waiting;
use crate::core::directory::{AppClient, Attempt, Step, UserPool};
use crate::core::service::Context;

pub(super) const PREFIX: &str = "userAttributes.";

/// Asks for another password, and for the required attributes that the user lacks.
pub(crate) fn challenge(pool: &mut UserPool, client: &AppClient, attempt: Attempt, context: &mut Context<'_>) -> Value {
    let user = pool.find(&attempt.username);
    let missing: Vec<String> = user
        .map_or_else(Vec::new, |user| pool.missing_attributes(user).map(|name| format!("{PREFIX}{name}")).collect());
    let attributes = json!(user.map(|user| &user.attributes));
    let username = attempt.username.clone();
    let session = waiting::open(pool, client, attempt, Step::NewPassword, context);
    json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": session,
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": username,
            "requiredAttributes": json!(missing).to_string(),
            "userAttributes": attributes.to_string(),
        },
    })
}
