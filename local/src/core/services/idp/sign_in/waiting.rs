//! Steps of a sign-in that wait for an answer under a `Session`.

use super::parameters::{Parameters, optional, required};
use crate::core::directory::{AppClient, Attempt, AuthSession, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid, not_authorized};

/// What `RespondToAuthChallenge` brings.
#[derive(Clone, Copy)]
pub(crate) struct Answer<'a> {
    /// The name of the challenge.
    pub(crate) challenge: &'a str,
    pub(crate) session: Option<&'a str>,
    pub(crate) responses: &'a Parameters,
}

/// A step whose `Session` was given, still good for an answer.
pub(crate) struct Waiting<'a> {
    pub(crate) handle: &'a str,
    pub(crate) attempt: Attempt,
    pub(crate) step: Step,
}

/// Opens a step: its `Session`.
pub(crate) fn open(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: Attempt,
    step: Step,
    context: &mut Context<'_>,
) -> String {
    let handle = context.random.base64url::<600>();
    let expires_ms = context.now_ms.saturating_add(client.session_ms());
    let session = AuthSession { client_id: client.id.clone(), attempt, expires_ms, step };
    pool.sessions.put(handle.clone(), session, context.now_ms);
    handle
}

/// Finds the step that `RespondToAuthChallenge` answers, and checks that it is of this kind and this user's. The answer may name a
/// device of theirs.
///
/// # Errors
/// `InvalidParameterException` for missing parameters, `ResourceNotFoundException` for an unknown device, `NotAuthorizedException` for
/// everything else.
pub(crate) fn answered<'a>(
    pool: &UserPool,
    client: &AppClient,
    answer: Answer<'a>,
    is_kind: impl Fn(&Step) -> bool,
    context: &Context<'_>,
) -> Result<Waiting<'a>, ServiceError> {
    let login = required(answer.responses, "USERNAME")?;
    client.check_secret_hash(login, optional(answer.responses, "SECRET_HASH"))?;
    let handle = answer.session.ok_or_else(|| invalid("Missing required parameter Session"))?;
    let waiting = pool.sessions.get(handle, &client.id, context.now_ms)?;
    let username = pool.find(login).map_or_else(|| pool.simulated_user(login).1, |user| user.username.clone());
    let same_user = username == waiting.attempt.username || login == waiting.attempt.username;
    if !is_kind(&waiting.step) || !same_user {
        return Err(not_authorized("Invalid session for the user."));
    }
    let mut attempt = waiting.attempt.clone();
    pool.name_device(&mut attempt, optional(answer.responses, "DEVICE_KEY"))?;
    Ok(Waiting { handle, attempt, step: waiting.step.clone() })
}

/// The refusal of `AssociateSoftwareToken` and `VerifySoftwareToken` when both or none of the two authorities are given.
pub(crate) fn token_or_session() -> ServiceError {
    invalid("Exactly one of AccessToken and Session must be given")
}
