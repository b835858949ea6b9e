//! The challenge SELECT_MFA_TYPE.

use serde_json::{Value, json};

use super::waiting;
use crate::core::directory::{AppClient, Attempt, MfaFactor, Step, UserPool};
use crate::core::service::Context;

/// Asks which second factor to ask for.
pub(super) fn challenge(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: Attempt,
    choices: &[MfaFactor],
    context: &mut Context<'_>,
) -> Value {
    let names: Vec<&str> = choices.iter().map(|factor| factor.name()).collect();
    // The developer guide speaks of MFAS_CAN_SELECT; AWS's own SDKs read this one.
    let parameters = json!({ "USER_ID_FOR_SRP": attempt.username, "MFAS_CAN_CHOOSE": json!(names).to_string() });
    let session = waiting::open(pool, client, attempt, Step::SelectMfa, context);
    json!({ "ChallengeName": "SELECT_MFA_TYPE", "Session": session, "ChallengeParameters": parameters })
}
