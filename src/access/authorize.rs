//! Which credential goes with a request: by the rule of its origin. Without a rule there is none, and that is an error.

use super::SigningState;
use super::signing::{SignWish, sign};
use crate::config::Auth;
use crate::error::{Error, ErrorKind, Misuse};
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::Session;
use crate::sigv4::Url;

/// A request that wants a credential.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    /// The request; for bearer tokens its URL alone counts.
    pub request: SignWish,
    /// Whether the tokens or credentials at hand were refused.
    pub renew: bool,
}

/// What goes with it.
pub struct Authorized {
    /// The kind of credential.
    pub auth: Auth,
    /// Headers to add.
    pub headers: Vec<(&'static str, Secret<String>)>,
}

pub(crate) async fn authorize<P: Platform>(
    state: &SigningState,
    session: &Session,
    platform: &P,
    outgoing: &Outgoing,
) -> Result<Authorized, Error> {
    let url = Url::read(&outgoing.request.url).ok_or_else(|| Misuse::value("url", "must be an absolute URL"))?;
    let rule = session.config.origins.iter().find(|rule| rule.is_of(url.http_scheme(), url.host));
    let auth = rule.map(|rule| rule.auth).ok_or(ErrorKind::NoRule)?;
    let headers = match auth {
        Auth::None => Vec::new(),
        Auth::Iam => {
            let mut wish = outgoing.request.clone();
            wish.credentials.force |= outgoing.renew;
            sign(state, session, platform, &wish).await?
        }
        Auth::Access | Auth::Id => {
            let record = session.fresh_record(platform, outgoing.renew).await?;
            let token = if auth == Auth::Access { Some(record.access_token()) } else { record.id_token() };
            let token = token.ok_or(ErrorKind::SignedOut)?;
            vec![("authorization", Secret::new(["Bearer ", token.expose_secret()].concat()))]
        }
    };
    Ok(Authorized { auth, headers })
}
