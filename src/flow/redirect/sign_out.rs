//! Signing out at the hosted UI too.

use super::{Page, RedirectSignIn, sign_out_url, start};
use crate::error::Error;
use crate::flow::sign_out::{SignedOut, end, stored};
use crate::platform::Platform;
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

/// Signs out.
pub(crate) async fn sign_out<P: Platform>(core: &Core, platform: &P, input: &SignOut) -> Result<SignedOut, Error> {
    let session = stored(core, platform).await?;
    // What can't be done fails before anything is done.
    let go_to = way_out(core, platform, input, session.as_deref().is_some_and(Session::is_hosted)).await?;
    end(core, platform, session.as_deref(), input.global, go_to).await
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
