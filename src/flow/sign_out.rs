//! Signing out: here at once, at Cognito as far as it can be reached.

use crate::call::{Repeat, call};
use crate::error::Error;
use crate::idp::{global_sign_out, revoke_token};
use crate::platform::Platform;
use crate::session::{Record, Session, over};

/// How far a sign-out went.
#[derive(Clone, Debug)]
pub struct SignedOut {
    /// Why Cognito did not end the session too, if it did not. Its tokens work until they expire.
    pub not_revoked: Option<Error>,
}

/// Signs out. With `global` every session of the user ends, on all devices.
pub(crate) async fn sign_out<P: Platform>(session: &Session, platform: &P, global: bool) -> Result<SignedOut, Error> {
    let Some(stored) = session.record(platform).await? else { return Ok(SignedOut { not_revoked: None }) };
    // Only a token that still works can end the others' sessions.
    let fresh = if global { session.fresh_record(platform, false).await } else { Ok(stored) };
    match fresh {
        // The refresh found that the session is over, and has told so.
        Err(error) if over(&error) => return Ok(SignedOut { not_revoked: Some(error) }),
        _ => session.end(platform).await?,
    }
    let revoked = match fresh {
        Ok(record) if global => revoke_everywhere(session, platform, &record).await,
        Ok(record) => revoke(session, platform, &record).await,
        Err(error) => Err(error),
    };
    Ok(SignedOut { not_revoked: revoked.err() })
}

async fn revoke<P: Platform>(session: &Session, platform: &P, record: &Record) -> Result<(), Error> {
    // Tokens of a client with revocation turned off have no origin_jti.
    let Some(token) = record.refresh_token().filter(|_| record.access_claims().json().get("origin_jti").is_some())
    else {
        return Ok(());
    };
    let client_id = &session.config.require_user_pool()?.client_id;
    let request = revoke_token::request(&session.config.idp_url(), client_id, token);
    call(platform, &request, Repeat::IfItMayHelp).await.map(drop)
}

async fn revoke_everywhere<P: Platform>(session: &Session, platform: &P, record: &Record) -> Result<(), Error> {
    let request = global_sign_out::request(&session.config.idp_url(), record.access_token());
    call(platform, &request, Repeat::IfItMayHelp).await.map(drop)
}
