//! The user's claims from the userInfo endpoint.

use crate::error::{Error, ErrorKind, OAuthError};
use crate::json::Value;
use crate::oauth::{self, user_info};
use crate::platform::{Platform, Response};
use crate::retry::{Retry, send_with_retry_as};
use crate::session::{Core, Session};

/// Requests the signed-in user's claims.
pub(crate) async fn user_info<P: Platform>(core: &Core, platform: &P) -> Result<Value, Error> {
    let address = core.config.require_oauth()?.1.url();
    let session = core.fresh(platform, false).await?;
    let scope = session.access_claims().json().str("scope").unwrap_or_default();
    if !scope.split(' ').any(|scope| scope == "openid") {
        return Err(ErrorKind::OAuth(OAuthError::new("insufficient_scope", "", None)).into());
    }
    let response = match ask(platform, address, &session).await {
        // Rejected although fresh by our clock: a refresh returns a valid token or ends the session.
        Err(error) if is_about_the_token(&error) => {
            let session = core.fresh_after_rejection(platform, Some(session.fingerprint())).await?;
            ask(platform, address, &session).await
        }
        result => result,
    };
    let claims = user_info::read(&response?, session.user_id())?;
    // The user may have signed out meanwhile.
    core.ensure_current(platform, &session).await?;
    Ok(claims)
}

/// Whether the server rejected the access token (RFC 6750 section 3.1).
fn is_about_the_token(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::OAuth(error) if error.error == "invalid_token")
}

async fn ask<P: Platform>(platform: &P, address: &str, session: &Session) -> Result<Response, Error> {
    let request = user_info::request(address, session.access_token());
    send_with_retry_as(platform, request, Retry::Transient, oauth::accept).await
}
