//! Who the user is.

use crate::call::{Repeat, call};
use crate::error::{Error, Reason, ServiceError};
use crate::idp::get_user;
use crate::platform::{Platform, Response};
use crate::session::{Record, Session};

/// The user's attributes as the pool has them now.
pub(crate) async fn fetch_user_attributes<P: Platform>(
    session: &Session,
    platform: &P,
) -> Result<Vec<(String, String)>, Error> {
    let record = session.fresh_record(platform, false).await?;
    let response = match get_user(session, platform, &record).await {
        // Refused though fresh by our clock: a refresh brings a better token, or the end of the session.
        Err(error) if of_the_token(&error) => {
            let record = session.usable_record(platform, Some(record.fingerprint())).await?;
            get_user(session, platform, &record).await
        }
        result => result,
    };
    let attributes = get_user::read(&response?)?;
    // Not to somebody who has signed out meanwhile.
    session.still(platform, &record).await?;
    Ok(attributes)
}

async fn get_user<P: Platform>(session: &Session, platform: &P, record: &Record) -> Result<Response, Error> {
    let request = get_user::request(&session.config.idp_url(), record.access_token());
    call(platform, &request, Repeat::IfItMayHelp).await
}

/// Whether the service refused the access token.
fn of_the_token(error: &Error) -> bool {
    let reason = error.service().and_then(ServiceError::reason);
    matches!(reason, Some(Reason::AccessExpired | Reason::AccessRevoked))
}
