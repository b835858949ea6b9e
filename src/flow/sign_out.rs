//! Signing out: here at once, at Cognito as far as it can be reached, and at the hosted UI if that is wanted.

use super::redirect::{Page, RedirectSignIn, sign_out_url, start};
use crate::call::{Repeat, call};
use crate::error::Error;
use crate::idp::{global_sign_out, revoke_token};
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::{Record, Session, over};

/// How to sign out.
#[derive(Clone, Default)]
pub struct SignOut {
    /// Whether every session of the user ends, on all devices.
    pub global: bool,
    /// What becomes of the hosted UI's own session.
    pub hosted_ui: HostedUi,
    /// Address of the page: a sign-out URL of its origin is chosen.
    pub page_url: String,
}

/// What becomes of the hosted UI's own session, which would sign the user in again without a question.
#[derive(Clone, Default)]
pub enum HostedUi {
    /// It ends if the user signed in there and a sign-out URL fits the page.
    #[default]
    EndIfUsed,
    /// It is left alone.
    Leave,
    /// It ends. The URL to come back to, if not the one that fits the page.
    End(Option<String>),
    /// It ends, and its sign-in page comes next.
    SignInAgain(Box<RedirectSignIn>),
}

/// How far a sign-out went.
#[derive(Clone, Debug)]
pub struct SignedOut {
    /// Why Cognito did not end the session too, if it did not. Its tokens work until they expire.
    pub not_revoked: Option<Error>,
    /// Where the page has to go to end the hosted UI's session.
    pub go_to: Option<Secret<String>>,
}

/// Signs out.
pub(crate) async fn sign_out<P: Platform>(session: &Session, platform: &P, wish: &SignOut) -> Result<SignedOut, Error> {
    let stored = session.record(platform).await?;
    // What cannot be done is said before anything is.
    let go_to = way_out(session, platform, wish, stored.as_ref().is_some_and(|record| record.is_hosted())).await?;
    session.forget_foreign(platform).await?;
    session.forget_aws_session(platform).await?;
    let not_revoked = match stored {
        Some(_) if wish.global => end_everywhere(session, platform).await?,
        Some(record) => {
            session.end(platform).await?;
            revoke(session, platform, &record).await.err()
        }
        None => None,
    };
    Ok(SignedOut { not_revoked, go_to })
}

async fn way_out<P: Platform>(
    session: &Session,
    platform: &P,
    wish: &SignOut,
    is_hosted: bool,
) -> Result<Option<Secret<String>>, Error> {
    let url = |asked| sign_out_url(&session.config, asked, &wish.page_url).map(Secret::new);
    match &wish.hosted_ui {
        HostedUi::Leave => Ok(None),
        HostedUi::EndIfUsed if is_hosted => Ok(url(None).ok()),
        HostedUi::EndIfUsed => Ok(None),
        HostedUi::End(asked) => url(asked.as_deref()).map(Some),
        HostedUi::SignInAgain(again) => {
            let again = RedirectSignIn { page: Page::SignOut, ..RedirectSignIn::clone(again) };
            start(session, platform, &again).await.map(|started| Some(started.url))
        }
    }
}

/// Ends the session here and all others; gives why the others go on, if they do.
async fn end_everywhere<P: Platform>(session: &Session, platform: &P) -> Result<Option<Error>, Error> {
    // Only a token that still works can end the others' sessions.
    let fresh = session.fresh_record(platform, false).await;
    match &fresh {
        // The refresh found that the session is over, and has told so.
        Err(error) if over(error) => {}
        _ => session.end(platform).await?,
    }
    let revoked = match fresh {
        Ok(record) => {
            let request = global_sign_out::request(&session.config.idp_url(), record.access_token());
            call(platform, &request, Repeat::IfItMayHelp).await.map(drop)
        }
        Err(error) => Err(error),
    };
    Ok(revoked.err())
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
