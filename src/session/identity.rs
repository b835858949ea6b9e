//! AWS credentials for the user: requested on demand, once in a tab and once across tabs.

use std::cell::Cell;
use std::rc::Rc;

use super::Core;
use super::credentials::AwsSession;
use super::flight::Flights;
use super::grant::{grant, grant_anew};
use super::logins::{developer_identity, user_key};
use super::refusal::Refusals;
use super::renew::{Outcome, Renewal};
use super::store::Slot;
use crate::error::{Error, ErrorKind, Misuse, Reason};
use crate::identity::{Logins, unlink_identity};
use crate::platform::Platform;
use crate::retry::{Retry, send_with_retry};

/// How often users may sign in or out while a call requests credentials.
const CHANGES: u32 = 3;

/// Options of a request for credentials.
#[derive(Clone, Debug, Default)]
pub struct CredentialsOptions {
    /// Logins in addition to those of the user pool and of `oidcProviders`, which the kit adds itself.
    pub logins: Logins,
    /// One of the roles in the user's token (`CustomRoleArn`).
    pub role: Option<String>,
    /// Whether to replace credentials that are still valid.
    pub force: bool,
    /// The fingerprint of credentials that a service has rejected, from `Authorized`. They are renewed, unless that has
    /// happened since, or a moment ago.
    pub refused: Option<i64>,
}

/// The state of one client's identity.
#[derive(Default)]
pub(crate) struct Identities {
    /// `None` if another user or nobody is signed in by now.
    flights: Flights<Result<Option<Rc<AwsSession>>, Error>>,
    refusals: Refusals,
    jitter: Cell<Option<u8>>,
}

impl Core {
    /// Valid credentials.
    ///
    /// # Errors
    /// `no_credentials` if nobody is signed in and guests are not allowed; the services' errors; network errors.
    pub(crate) async fn aws_session<P: Platform>(
        &self,
        platform: &P,
        options: &CredentialsOptions,
    ) -> Result<Rc<AwsSession>, Error> {
        let pool = self.config.require_identity_pool()?;
        if options.role.is_some() && pool.basic_flow().is_some() {
            return Err(Misuse::Option("roleArn".to_owned()).into());
        }
        for _ in 0..CHANGES {
            let (logins, slot) = self.logins(platform, &options.logins).await?;
            if logins.is_empty() && !pool.allow_guest_access() {
                return Err(ErrorKind::NoCredentials.into());
            }
            let user = user_key(&logins, options.role.as_deref());
            let stale = self.store.load_credentials(platform, &slot).await?;
            let refusals = &self.identities.refusals;
            let was_refused = options.refused.zip(stale.as_ref()).is_some_and(|(refused, session)| {
                session.user == user && refusals.call_for_renewal(refused, session.fingerprint(), platform.now_ms())
            });
            let force = options.force || was_refused;
            if !force
                && let Some(session) = &stale
                && session.user == user
                && session.is_fresh(platform.now_ms(), self.jitter(platform)?)
            {
                return Ok(Rc::clone(session));
            }
            let role = options.role.clone();
            let key = [&self.store.credentials_lock(&slot), &user, role.as_deref().unwrap_or_default()].concat();
            let renewal =
                CredentialsRenewal { slot: slot.clone(), logins, role, user: user.clone(), stale: stale.clone() };
            let found = self.renew(platform, &key, renewal).await;
            if was_refused && let Some(current) = found.as_ref().ok().and_then(Option::as_ref).or(stale.as_ref()) {
                refusals.renewed(current.fingerprint(), platform.now_ms());
            }
            match found {
                Ok(Some(session)) => return Ok(session),
                // A user has signed in or out meanwhile. An error doesn't concern the new user either.
                Ok(None) => {}
                Err(_) if !self.store.is_open(platform, &slot).await? => {}
                Err(error) => {
                    // The renewal was early: the old credentials are used for the rest of their life.
                    let is_usable = |session: &Rc<AwsSession>| {
                        !force && session.user == user && session.is_valid(platform.now_ms())
                    };
                    return stale.filter(is_usable).ok_or(error);
                }
            }
        }
        Err(ErrorKind::SignedOut.into())
    }

    /// Unlinks logins from the user's identity, and removes the current credentials.
    pub(crate) async fn unlink<P: Platform>(
        &self,
        platform: &P,
        options: &CredentialsOptions,
        providers: &[String],
    ) -> Result<(), Error> {
        let pool = self.config.require_identity_pool()?;
        let session = self.aws_session(platform, options).await?;
        let (logins, slot) = self.logins(platform, &options.logins).await?;
        let request = unlink_identity::request(pool.identity_url(), &session.identity_id, &logins, providers);
        send_with_retry(platform, request, Retry::Throttled).await?;
        self.store.remove_in(platform, &slot).await
    }

    fn jitter<P: Platform>(&self, platform: &P) -> Result<u8, Error> {
        if let Some(jitter) = self.identities.jitter.get() {
            return Ok(jitter);
        }
        let mut byte = [0];
        platform.fill_random(&mut byte)?;
        self.identities.jitter.set(Some(byte[0]));
        Ok(byte[0])
    }
}

/// A renewal of a user's AWS credentials.
struct CredentialsRenewal {
    slot: Slot,
    logins: Logins,
    role: Option<String>,
    user: String,
    stale: Option<Rc<AwsSession>>,
}

impl CredentialsRenewal {
    /// A guest who signs in keeps the identity, unless the login already has one.
    async fn known_session<P: Platform>(&self, core: &Core, platform: &P) -> Result<Option<Rc<AwsSession>>, Error> {
        let mut known = core.store.load_credentials(platform, &self.slot).await?;
        if known.is_none() && matches!(self.slot, Slot::Session(_)) {
            let guest = core.store.guest_slot(platform).await?;
            known = core.store.load_credentials(platform, &guest).await?;
        }
        Ok(known.filter(|session| session.user == self.user || session.is_guest()))
    }
}

impl<P: Platform> Renewal<P> for CredentialsRenewal {
    type Value = Option<Rc<AwsSession>>;

    fn flights(core: &Core) -> &Flights<Result<Self::Value, Error>> {
        &core.identities.flights
    }

    fn turn_name(&self, core: &Core) -> String {
        core.store.credentials_lock(&self.slot)
    }

    async fn newer(&self, core: &Core, platform: &P) -> Result<Option<Self::Value>, Error> {
        let is_newer = |session: &Rc<AwsSession>| {
            let is_another = self.stale.as_ref().is_none_or(|stale| stale.fingerprint() != session.fingerprint());
            is_another && session.user == self.user && session.is_fresh(platform.now_ms(), 0)
        };
        let stored = core.store.load_credentials(platform, &self.slot).await?;
        let Some(newer) = stored.filter(is_newer) else { return Ok(None) };
        let is_open = core.store.is_open(platform, &self.slot).await?;
        Ok(Some(is_open.then_some(newer)))
    }

    async fn request(&self, core: &Core, platform: &P, _: &Cell<bool>) -> Result<Outcome<Self::Value>, Error> {
        let known = self.known_session(core, platform).await?;
        let logins_before = core.active_logins(platform).await?;
        let pool = core.config.require_identity_pool()?;
        let (logins, role) = (&self.logins, self.role.as_deref());
        let granted = match (developer_identity(logins)?, known) {
            // The token names its identity, so no other is requested.
            (Some(identity_id), _) => grant(platform, pool, &identity_id, logins, role).await?,
            (None, Some(session)) => match grant(platform, pool, &session.identity_id, logins, role).await {
                Err(error) if is_about_the_identity(&error) => grant_anew(platform, pool, logins, role).await?,
                granted => granted?,
            },
            (None, None) => grant_anew(platform, pool, logins, role).await?,
        };
        let logins_after = core.active_logins(platform).await?;
        if logins_before.iter().any(|login| !logins_after.contains(login)) {
            return Ok(Outcome::Adopted(None));
        }
        let session = Rc::new(AwsSession::new(granted, self.user.clone(), platform.now_ms()));
        let is_open = core.store.commit_credentials(platform, &self.slot, &session).await?;
        Ok(Outcome::Renewed(is_open.then_some(session)))
    }

    fn emit(_: &Core, _: &P, _: &Result<Outcome<Self::Value>, Error>) {}

    async fn settle(&self, core: &Core, platform: &P, _: &Self::Value) {
        core.store.settle_credentials(platform, &self.slot).await;
    }
}

/// Whether an error concerns the known identity, so that a new one may help: it was deleted, was disabled by a merge,
/// or doesn't belong to these logins.
fn is_about_the_identity(error: &Error) -> bool {
    error.service().is_some_and(|service| {
        matches!(service.name.as_str(), "ResourceNotFoundException" | "ResourceConflictException")
            || matches!(service.reason(), Some(Reason::LoginsMismatch | Reason::IdentityForbidden))
    })
}
