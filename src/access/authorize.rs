//! Which credential goes with a request: by the rule of its origin. Without a rule there is none, and that is an error.

use super::ClockOffsets;
use super::signing::{SignRequest, sign};
use crate::config::{Auth, OriginRule};
use crate::error::{Error, ErrorKind, Misuse};
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::{Core, fingerprint};
use crate::sigv4::Url;

/// A request that wants a credential.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    /// The request; for bearer tokens its URL alone counts.
    pub request: SignRequest,
    /// The fingerprint of the credential that the service has refused, from [`Authorized`].
    pub refused: Option<i64>,
}

/// What goes with it.
pub struct Authorized {
    /// The kind of credential.
    pub auth: Auth,
    /// Headers to add.
    pub headers: Vec<(&'static str, Secret<String>)>,
    /// Names the credential in them without giving it away, if there is one. If the service refuses it, ask again with this
    /// as [`Outgoing::refused`]. The same fingerprint in the result means that there is no other credential for now.
    pub fingerprint: Option<i64>,
}

pub(crate) async fn authorize<P: Platform>(
    clocks: &ClockOffsets,
    core: &Core,
    platform: &P,
    outgoing: &Outgoing,
) -> Result<Authorized, Error> {
    let url = Url::read(&outgoing.request.url).ok_or_else(|| Misuse::value("url", "must be an absolute URL"))?;
    let rule = core.config.origins().iter().find(|rule| rule.is_of(url.http_scheme(), url.host));
    let auth = rule
        .map(OriginRule::auth)
        .ok_or_else(|| ErrorKind::OriginNotAllowed([url.scheme, "://", url.host].concat()))?;
    let (headers, fingerprint) = match auth {
        Auth::None => (Vec::new(), None),
        Auth::Iam => {
            let mut input = outgoing.request.clone();
            input.credentials.refused = outgoing.refused;
            let headers = sign(clocks, core, platform, &input).await?;
            let fingerprint = access_key_id(&headers).map(fingerprint);
            (headers, fingerprint)
        }
        Auth::Access | Auth::Id => {
            let session = core.fresh_after_rejection(platform, outgoing.refused).await?;
            let token = if auth == Auth::Access { Some(session.access_token()) } else { session.id_token() };
            let token = token.ok_or(ErrorKind::SignedOut)?;
            let header = Secret::new(["Bearer ", token.expose_secret()].concat());
            (vec![("authorization", header)], Some(session.fingerprint()))
        }
    };
    Ok(Authorized { auth, headers, fingerprint })
}

/// The access key ID in a signature's header: `AWS4-HMAC-SHA256 Credential=<access key ID>/<date>/…`.
fn access_key_id<'a>(headers: &'a [(&'static str, Secret<String>)]) -> Option<&'a str> {
    let (_, value) = headers.iter().find(|(name, _)| *name == "authorization")?;
    value.expose_secret().split(['=', '/']).nth(1)
}
