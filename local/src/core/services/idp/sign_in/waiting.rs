//! Steps of a sign-in that wait for an answer under a `Session`.

use super::parameters::{Parameters, optional, required};
use crate::core::directory::{AppClient, AuthSession, Step, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::{ServiceError, invalid, not_authorized};

/// A step whose `Session` was given, still good for an answer.
pub(crate) struct Waiting<'a> {
    pub(crate) handle: &'a str,
    /// The internal user name.
    pub(crate) username: String,
}

/// Opens a step: its `Session`.
pub(crate) fn open(
    pool: &mut UserPool,
    client: &AppClient,
    username: &str,
    step: Step,
    context: &mut Context<'_>,
) -> String {
    let handle = context.random.base64url::<600>();
    let expires_ms = context.now_ms.saturating_add(client.session_ms());
    let session = AuthSession { client_id: client.id.clone(), username: username.into(), expires_ms, step };
    pool.sessions.put(handle.clone(), session, context.now_ms);
    handle
}

/// Finds the step that `RespondToAuthChallenge` answers, and checks that it is of this kind and this user's.
///
/// # Errors
/// `InvalidParameterException` for missing parameters, `NotAuthorizedException` for everything else.
pub(crate) fn answered<'a>(
    pool: &UserPool,
    client: &AppClient,
    session: Option<&'a str>,
    responses: &Parameters,
    is_kind: fn(&Step) -> bool,
    context: &Context<'_>,
) -> Result<Waiting<'a>, ServiceError> {
    let login = required(responses, "USERNAME")?;
    client.check_secret_hash(login, optional(responses, "SECRET_HASH"))?;
    let handle = session.ok_or_else(|| invalid("Missing required parameter Session"))?;
    let waiting = pool.sessions.get(handle, &client.id, context.now_ms)?;
    let same_user = pool.find(login).is_some_and(|user| user.username == waiting.username);
    if !is_kind(&waiting.step) || !same_user {
        return Err(not_authorized("Invalid session for the user."));
    }
    Ok(Waiting { handle, username: waiting.username.clone() })
}

/// The refusal of `AssociateSoftwareToken` and `VerifySoftwareToken` when both or none of the two authorities are given.
pub(crate) fn token_or_session() -> ServiceError {
    invalid("Exactly one of AccessToken and Session must be given")
}
