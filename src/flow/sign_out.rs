//! Signing out: here at once, and at Cognito as far as it can be reached.

use std::rc::Rc;

use super::join::join;
use crate::config::UserPool;
use crate::error::{Error, SettingProblem};
use crate::idp::{global_sign_out, revoke_token};
use crate::platform::Platform;
use crate::retry::{Retry, send_with_retry};
use crate::secret::Secret;
use crate::session::{Core, Session};

/// How far a sign-out went.
#[derive(Clone, Debug)]
pub struct SignedOut {
    /// Why Cognito did not end the session too, if it did not. Its tokens work until they expire.
    pub not_revoked: Option<Error>,
    /// Where the page has to go to end the hosted UI's session.
    pub go_to: Option<Secret<String>>,
}

/// Signs out, and leaves the hosted UI's own session alone.
pub(crate) async fn sign_out<P: Platform>(core: &Core, platform: &P, global: bool) -> Result<SignedOut, Error> {
    let session = stored(core, platform).await?;
    end(core, platform, session.as_deref(), global, None).await
}

/// The session to end. If it can't be read, the session that this tab knows ends all the same.
pub(super) async fn stored<P: Platform>(core: &Core, platform: &P) -> Result<Option<Rc<Session>>, Error> {
    match core.load(platform).await {
        Ok(stored) => Ok(stored),
        Err(error) => {
            core.end_unread(platform).await;
            Err(error)
        }
    }
}

/// Ends a session here and at Cognito. The page goes to `go_to` next.
pub(super) async fn end<P: Platform>(
    core: &Core,
    platform: &P,
    session: Option<&Session>,
    global: bool,
    go_to: Option<Secret<String>>,
) -> Result<SignedOut, Error> {
    let corrupt = core.corrupt_refresh_token(platform).await;
    let replaced = core.end(platform, session).await;
    let at_cognito = async {
        match session {
            Some(session) if global => end_everywhere(core, platform, session).await,
            Some(session) => revoke(core, platform, session).await,
            None => Ok(()),
        }
    };
    let (revoked, settled) = join(at_cognito, core.settle_end(platform, session)).await;
    let mut not_revoked = revoked.err();
    // No other code knows these tokens: of another tab's refresh meanwhile, and of a record that was moved aside.
    let (late, settled) = (settled.as_ref().ok().cloned().flatten(), settled);
    for token in replaced.into_iter().chain(late).chain(corrupt.as_ref().ok().cloned().flatten()) {
        if let Some(pool) = core.config.user_pool()
            && let Err(error) = send_revocation(core, platform, pool, &token).await
        {
            not_revoked = not_revoked.or(Some(error));
        }
    }
    settled.and(corrupt)?;
    Ok(SignedOut { not_revoked, go_to })
}

/// Ends the user's sessions on all devices. Only an access token that still works can do that.
async fn end_everywhere<P: Platform>(core: &Core, platform: &P, session: &Session) -> Result<(), Error> {
    let result = match core.parting_token(platform, session).await {
        Ok(token) => {
            let request = global_sign_out::request(session.pool().idp_url(), &token);
            send_with_retry(platform, request, Retry::Transient).await.map(drop)
        }
        Err(error) => Err(error),
    };
    if result.is_err() {
        // This session at least. The error tells the app that the others continue.
        let _ = revoke(core, platform, session).await;
    }
    result
}

async fn revoke<P: Platform>(core: &Core, platform: &P, session: &Session) -> Result<(), Error> {
    // Tokens of a client with revocation turned off have no origin_jti.
    match session.refresh_token().filter(|_| session.access_claims().json().get("origin_jti").is_some()) {
        Some(token) => send_revocation(core, platform, session.pool(), token).await,
        None => Ok(()),
    }
}

/// `RevokeToken` wants the client's secret itself.
async fn send_revocation<P: Platform>(
    core: &Core,
    platform: &P,
    pool: &UserPool,
    token: &Secret<String>,
) -> Result<(), Error> {
    if pool.has_secret_at_server() {
        return Err(core.config.bad("userPool.clientSecret", SettingProblem::CannotRevoke));
    }
    let request = revoke_token::request(pool, token);
    send_with_retry(platform, request, Retry::Transient).await.map(drop)
}
