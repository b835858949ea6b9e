//! The challenges DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER (Developer Guide, "Working with user devices in your user pool").

use serde_json::{Value, json};

use super::waiting;
use crate::core::directory::{AppClient, Attempt, Step, UserPool};
use crate::core::service::Context;

/// Asks the device of a sign-in to prove that it is the one that was confirmed.
pub(super) fn challenge(pool: &mut UserPool, client: &AppClient, attempt: Attempt, context: &mut Context<'_>) -> Value {
    let (username, key) = (attempt.username.clone(), attempt.device_key.clone().unwrap_or_default());
    let session = waiting::open(pool, client, attempt, Step::DeviceSrp, context);
    if let Some(user) = pool.find_mut(&username) {
        user.devices.challenged(&key, session.clone());
    }
    json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": session, "ChallengeParameters": {} })
}
