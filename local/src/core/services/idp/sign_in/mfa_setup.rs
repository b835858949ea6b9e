//! The challenge MFA_SETUP. An app: `AssociateSoftwareToken` and `VerifySoftwareToken` pass its session on, then it is answered. A mail
//! address: the answer has it, and a code goes there.

use serde_json::{Value, json};

use super::waiting;
use crate::core::directory::{AppClient, Attempt, MfaFactor, Step, UserPool};
use crate::core::service::Context;

/// Asks to set up one of these factors.
pub(super) fn challenge(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: Attempt,
    choices: &[MfaFactor],
    context: &mut Context<'_>,
) -> Value {
    let names: Vec<&str> = choices.iter().map(|factor| factor.name()).collect();
    let parameters = json!({ "USER_ID_FOR_SRP": attempt.username, "MFAS_CAN_SETUP": json!(names).to_string() });
    let session = waiting::open(pool, client, attempt, Step::MfaSetUp, context);
    json!({ "ChallengeName": "MFA_SETUP", "Session": session, "ChallengeParameters": parameters })
}
