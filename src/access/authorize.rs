//! Which credential goes with a request: by the rule of its origin. Without a rule there is none, and that is an error.

use super::ClockOffsets;
use super::signing::{SignRequest, sign};
use crate::config::{Auth, OriginRule};
use crate::error::{BadSetting, Error, ErrorKind, Misuse, SettingProblem, ValueProblem};
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

/// The credential of the rule for the request's origin.
pub(crate) async fn authorize<P: Platform>(
    clocks: &ClockOffsets,
    core: &Core,
    platform: &P,
    outgoing: &Outgoing,
) -> Result<Authorized, Error> {
    let auth = rule(core, outgoing)?;
    if auth != Auth::Iam {
        return token(core, platform, auth, outgoing.refused).await;
    }
    let mut input = outgoing.request.clone();
    input.credentials.refused = outgoing.refused;
    let headers = sign(clocks, core, platform, &input).await?;
    let fingerprint = access_key_id(&headers).map(fingerprint);
    Ok(Authorized { auth, headers, fingerprint })
}

/// The same without signatures.
pub(crate) async fn authorize_with_token<P: Platform>(
    core: &Core,
    platform: &P,
    outgoing: &Outgoing,
) -> Result<Authorized, Error> {
    match rule(core, outgoing)? {
        Auth::Iam => {
            let problem = SettingProblem::WithoutAws;
            Err(ErrorKind::Config(BadSetting { key: "origins".to_owned(), problem }).into())
        }
        auth => token(core, platform, auth, outgoing.refused).await,
    }
}

fn rule(core: &Core, outgoing: &Outgoing) -> Result<Auth, Error> {
    let url = Url::read(&outgoing.request.url).ok_or_else(|| Misuse::value("url", ValueProblem::NotAbsoluteUrl))?;
    let rule = core.config.origins().iter().find(|rule| rule.is_of(url.http_scheme(), url.host));
    let not_allowed = || ErrorKind::OriginNotAllowed([url.scheme, "://", url.host].concat()).into();
    rule.map(OriginRule::auth).ok_or_else(not_allowed)
}

/// A token of the session, or nothing.
async fn token<P: Platform>(core: &Core, platform: &P, auth: Auth, refused: Option<i64>) -> Result<Authorized, Error> {
    if auth == Auth::None {
        return Ok(Authorized { auth, headers: Vec::new(), fingerprint: None });
    }
    let session = core.fresh_after_rejection(platform, refused).await?;
    let token = if auth == Auth::Access { Some(session.access_token()) } else { session.id_token() };
    let token = token.ok_or(ErrorKind::SignedOut)?;
    let header = Secret::new(["Bearer ", token.expose_secret()].concat());
    Ok(Authorized { auth, headers: vec![("authorization", header)], fingerprint: Some(session.fingerprint()) })
}

/// The access key ID in a signature's header: `AWS4-HMAC-SHA256 Credential=<access key ID>/<date>/…`.
fn access_key_id<'a>(headers: &'a [(&'static str, Secret<String>)]) -> Option<&'a str> {
    let (_, value) = headers.iter().find(|(name, _)| *name == "authorization")?;
    value.expose_secret().split(['=', '/']).nth(1)
}
