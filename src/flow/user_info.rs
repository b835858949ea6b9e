//! The user's claims as the hosted UI tells them.

use crate::call::{Repeat, call_as};
use crate::error::{Error, ErrorKind, OAuthError};
use crate::json::Value;
use crate::oauth::{self, user_info};
use crate::platform::{Platform, Response};
use crate::session::{Record, Session};

/// Asks the userInfo endpoint about the user who is signed in.
pub(crate) async fn user_info<P: Platform>(session: &Session, platform: &P) -> Result<Value, Error> {
    let address = session.config.hosted_ui_url()?;
    let record = session.fresh_record(platform, false).await?;
    let scope = record.access_claims().json().text("scope").unwrap_or_default();
    if !scope.split(' ').any(|scope| scope == "openid") {
        let problem = "The session has not the scope openid: sign in through the hosted UI with it.";
        return Err(ErrorKind::OAuth(OAuthError::new("insufficient_scope", problem, None)).into());
    }
    let response = match ask(platform, &address, &record).await {
        // Refused though fresh by our clock: a refresh brings a better token, or the end of the session.
        Err(error) if error.reason() == Some("invalid_token") => {
            let record = session.usable_record(platform, Some(record.fingerprint())).await?;
            ask(platform, &address, &record).await
        }
        result => result,
    };
    let claims = user_info::read(&response?, record.user_id())?;
    // Not to somebody who has signed out meanwhile.
    session.still(platform, &record).await?;
    Ok(claims)
}

async fn ask<P: Platform>(platform: &P, address: &str, record: &Record) -> Result<Response, Error> {
    let request = user_info::request(address, record.access_token());
    call_as(platform, &request, Repeat::IfItMayHelp, oauth::accept).await
}
