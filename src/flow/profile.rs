//! The user's attributes.

use crate::error::{Error, Reason, ServiceError};
use crate::idp::get_user;
use crate::platform::{Platform, Response};
use crate::retry::{Retry, send_with_retry};
use crate::session::{Core, Session};

/// Requests the user's attributes.
pub(crate) async fn fetch_user_attributes<P: Platform>(
    core: &Core,
    platform: &P,
) -> Result<Vec<(String, String)>, Error> {
    let session = core.fresh(platform, false).await?;
    let response = match get_user(platform, &session).await {
        // Rejected although fresh by our clock: a refresh returns a valid token or ends the session.
        Err(error) if is_about_the_token(&error) => {
            let session = core.fresh_after_rejection(platform, Some(session.fingerprint())).await?;
            get_user(platform, &session).await
        }
        result => result,
    };
    let attributes = get_user::read(&response?)?;
    // The user may have signed out meanwhile.
    core.ensure_current(platform, &session).await?;
    Ok(attributes)
}

async fn get_user<P: Platform>(platform: &P, session: &Session) -> Result<Response, Error> {
    let request = get_user::request(session.pool().idp_url(), session.access_token());
    send_with_retry(platform, &request, Retry::Transient).await
}

/// Whether the service rejected the access token.
fn is_about_the_token(error: &Error) -> bool {
    let reason = error.service().and_then(ServiceError::reason);
    matches!(reason, Some(Reason::AccessExpired | Reason::AccessRevoked))
}
