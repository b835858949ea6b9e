//! Signing out: here at once, at Cognito as far as it can be reached, and at the hosted UI if that is wanted.

use super::join::join;
use super::redirect::{Page, RedirectSignIn, sign_out_url, start};
use crate::config::UserPool;
use crate::error::Error;
use crate::idp::{global_sign_out, revoke_token};
use crate::platform::Platform;
use crate::retry::{Retry, send_with_retry};
use crate::secret::Secret;
use crate::session::{Core, Session};

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
pub(crate) async fn sign_out<P: Platform>(core: &Core, platform: &P, input: &SignOut) -> Result<SignedOut, Error> {
    let stored = match core.load(platform).await {
        Ok(stored) => stored,
        Err(error) => {
            // What this tab knows of ends all the same.
            core.end_unread(platform).await;
            return Err(error);
        }
    };
    let session = stored.as_deref();
    // What can't be done fails before anything is done.
    let go_to = way_out(core, platform, input, session.is_some_and(Session::is_hosted)).await?;
    let corrupt = core.corrupt_refresh_token(platform).await;
    let replaced = core.end(platform, session).await;
    let at_cognito = async {
        match session {
            Some(session) if input.global => end_everywhere(core, platform, session).await,
            Some(session) => revoke(platform, session).await,
            None => Ok(()),
        }
    };
    let (revoked, settled) = join(at_cognito, core.settle_end(platform, session)).await;
    let mut not_revoked = revoked.err();
    // No other code knows these tokens: of another tab's refresh meanwhile, and of a record that was moved aside.
    let (late, settled) = (settled.as_ref().ok().cloned().flatten(), settled);
    for token in replaced.into_iter().chain(late).chain(corrupt.as_ref().ok().cloned().flatten()) {
        if let Some(pool) = core.config.user_pool()
            && let Err(error) = send_revocation(platform, pool, &token).await
        {
            not_revoked = not_revoked.or(Some(error));
        }
    }
    settled.and(corrupt)?;
    Ok(SignedOut { not_revoked, go_to })
}

async fn way_out<P: Platform>(
    core: &Core,
    platform: &P,
    input: &SignOut,
    is_hosted: bool,
) -> Result<Option<Secret<String>>, Error> {
    let url = |asked| sign_out_url(&core.config, asked, &input.page_url).map(Secret::new);
    match &input.hosted_ui {
        HostedUi::Leave => Ok(None),
        HostedUi::EndIfUsed if is_hosted => Ok(url(None).ok()),
        HostedUi::EndIfUsed => Ok(None),
        HostedUi::End(asked) => url(asked.as_deref()).map(Some),
        HostedUi::SignInAgain(again) => {
            let again = RedirectSignIn { page: Page::SignOut, ..RedirectSignIn::clone(again) };
            start(core, platform, &again).await.map(|request| Some(request.url))
        }
    }
}

/// Ends the user's sessions on all devices. Only an access token that still works can do that.
async fn end_everywhere<P: Platform>(core: &Core, platform: &P, session: &Session) -> Result<(), Error> {
    let result = match core.parting_token(platform, session).await {
        Ok(token) => {
            let request = global_sign_out::request(session.pool().idp_url(), &token);
            send_with_retry(platform, &request, Retry::Transient).await.map(drop)
        }
        Err(error) => Err(error),
    };
    if result.is_err() {
        // This session at least. The error tells the app that the others continue.
        let _ = revoke(platform, session).await;
    }
    result
}

async fn revoke<P: Platform>(platform: &P, session: &Session) -> Result<(), Error> {
    // Tokens of a client with revocation turned off have no origin_jti.
    match session.refresh_token().filter(|_| session.access_claims().json().get("origin_jti").is_some()) {
        Some(token) => send_revocation(platform, session.pool(), token).await,
        None => Ok(()),
    }
}

async fn send_revocation<P: Platform>(platform: &P, pool: &UserPool, token: &Secret<String>) -> Result<(), Error> {
    let request = revoke_token::request(pool.idp_url(), pool.client_id(), token);
    send_with_retry(platform, &request, Retry::Transient).await.map(drop)
}
