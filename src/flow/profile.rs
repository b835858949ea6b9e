//! The user's attributes.

use crate::error::{Error, Reason, ServiceError};
use crate::idp::get_user;
use crate::platform::{Platform, Response};
use crate::retry::{Retry, send_with_retry};
use crate::session::{Record, Session};

/// Requests the user's attributes.
pub(crate) async fn fetch_user_attributes<P: Platform>(
    session: &Session,
    platform: &P,
) -> Result<Vec<(String, String)>, Error> {
    let record = session.fresh_record(platform, false).await?;
    let response = match get_user(session, platform, &record).await {
        // Rejected although fresh by our clock: a refresh returns a valid token or ends the session.
        Err(error) if is_about_the_token(&error) => {
            let record = session.usable_record(platform, Some(record.fingerprint())).await?;
            get_user(session, platform, &record).await
        }
        result => result,
    };
    let attributes = get_user::read(&response?)?;
    // The user may have signed out meanwhile.
    session.still(platform, &record).await?;
    Ok(attributes)
}

async fn get_user<P: Platform>(session: &Session, platform: &P, record: &Record) -> Result<Response, Error> {
    let request = get_user::request(&session.config.idp_url(), record.access_token());
    send_with_retry(platform, &request, Retry::Transient).await
}

/// Whether the service rejected the access token.
fn is_about_the_token(error: &Error) -> bool {
    let reason = error.service().and_then(ServiceError::reason);
    matches!(reason, Some(Reason::AccessExpired | Reason::AccessRevoked))
}
