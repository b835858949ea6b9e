//! From logins to credentials: requested on demand, once in a tab and once across tabs.

use std::cell::Cell;
use std::rc::Rc;

use super::Session;
use super::credentials::{AwsSession, Granted};
use super::flight::{Flight, Flights};
use super::logins::{developer_identity, developer_token, user_key};
use super::refusal::Refusals;
use super::store::{Slot, TURN_WAIT_MS, Turn};
use crate::error::{Error, ErrorKind, Misuse, Reason};
use crate::identity::{Logins, get_credentials_for_identity, get_id, get_open_id_token, unlink_identity};
use crate::json::decimal;
use crate::platform::{Platform, Response, Storage};
use crate::retry::{Retry, send_with_retry, send_with_retry_as};
use crate::sts;

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
    flights: Flights<Granting>,
    refusals: Refusals,
    jitter: Cell<Option<u8>>,
}

/// Credentials; `None` if another user or nobody is signed in by now.
type Granting = Result<Option<Rc<AwsSession>>, Error>;

/// The parameters of a renewal.
struct Asked {
    slot: Slot,
    logins: Logins,
    role: Option<String>,
    user: String,
    stale: Option<Rc<AwsSession>>,
}

impl Session {
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
        if options.role.is_some() && pool.basic_flow.is_some() {
            return Err(Misuse::Option("roleArn".to_owned()).into());
        }
        for _ in 0..CHANGES {
            let (logins, slot) = self.logins(platform, &options.logins).await?;
            if logins.is_empty() && !pool.allow_guest_access {
                return Err(ErrorKind::NoCredentials.into());
            }
            let user = user_key(&logins, options.role.as_deref());
            let stale = self.stored_aws_session(platform, &slot).await?;
            let refusals = &self.identities.refusals;
            let renew = options.refused.zip(stale.as_ref()).is_some_and(|(refused, session)| {
                session.user == user && refusals.call_for_renewal(refused, session.fingerprint(), platform.now_ms())
            });
            let force = options.force || renew;
            if !force
                && let Some(session) = &stale
                && session.user == user
                && session.is_fresh(platform.now_ms(), self.jitter(platform)?)
            {
                return Ok(Rc::clone(session));
            }
            let key =
                [&self.store.credentials_lock(&slot), &user, options.role.as_deref().unwrap_or_default()].concat();
            let asked = Asked { slot, logins, role: options.role.clone(), user, stale };
            let (slot, user, stale) = (asked.slot.clone(), asked.user.clone(), asked.stale.clone());
            let start = |flight| {
                let (session, shared) = (self.clone(), platform.detached());
                platform.spawn(async move { session.renew_credentials(&shared, asked, flight).await });
            };
            let found = self.identities.flights.join(&key, start).await;
            if renew && let Some(current) = found.as_ref().ok().and_then(Option::as_ref).or(stale.as_ref()) {
                refusals.renewed(current.fingerprint(), platform.now_ms());
            }
            match found {
                Ok(Some(session)) => return Ok(session),
                // A user has signed in or out meanwhile. An error doesn't concern the new user either.
                Ok(None) => {}
                Err(_) if !self.store.is_open(platform, &slot).await? => {}
                Err(error) => {
                    // The renewal was early: the old credentials are used for the rest of their life.
                    let usable = |session: &Rc<AwsSession>| {
                        !force && session.user == user && session.is_valid(platform.now_ms())
                    };
                    return stale.filter(usable).ok_or(error);
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
        let session = self.aws_session(platform, options).await?;
        let (logins, slot) = self.logins(platform, &options.logins).await?;
        let request = unlink_identity::request(&self.config.identity_url(), &session.identity_id, &logins, providers);
        send_with_retry(platform, &request, Retry::Throttled).await?;
        self.store.remove_in(platform, &slot).await
    }

    /// Renews credentials in their turn, hands them over, and keeps the turn until the other tabs see the write.
    async fn renew_credentials<P: Platform>(&self, platform: &P, asked: Asked, flight: Rc<Flight<Granting>>) {
        let turn = match self.store.take_turn(platform, &self.store.credentials_lock(&asked.slot), TURN_WAIT_MS).await {
            Ok(turn) => turn,
            Err(error) => {
                // Another tab may have stored them meanwhile.
                let stored = self.stored_aws_session(platform, &asked.slot).await.ok().flatten();
                let fresh =
                    stored.filter(|session| session.user == asked.user && session.is_fresh(platform.now_ms(), 0));
                let is_open = matches!(self.store.is_open(platform, &asked.slot).await, Ok(true));
                let granting = fresh.filter(|_| is_open).map(Some).ok_or(error);
                return self.identities.flights.land(&flight, granting);
            }
        };
        let granting = self.renew_in_turn(platform, &asked, &turn).await;
        let is_new = granting.is_ok();
        self.identities.flights.land(&flight, granting);
        if is_new {
            self.store.settle_credentials(platform, &asked.slot).await;
        }
        self.store.release(platform, turn).await;
    }

    async fn renew_in_turn<P: Platform>(&self, platform: &P, asked: &Asked, turn: &Turn<P::Guard>) -> Granting {
        // Another tab may have renewed them while this one waited for its turn.
        let is_news = |session: &Rc<AwsSession>| {
            let is_another = asked.stale.as_ref().is_none_or(|stale| stale.fingerprint() != session.fingerprint());
            is_another && session.user == asked.user && session.is_fresh(platform.now_ms(), 0)
        };
        let mut stored = self.stored_aws_session(platform, &asked.slot).await?;
        if turn.contended && !stored.as_ref().is_some_and(is_news) {
            platform.sleep(platform.storage().lag_ms()).await;
            stored = self.stored_aws_session(platform, &asked.slot).await?;
        }
        if let Some(session) = stored.as_ref().filter(|session| is_news(session)) {
            let is_open = self.store.is_open(platform, &asked.slot).await?;
            return Ok(is_open.then(|| Rc::clone(session)));
        }
        // A guest who signs in keeps the identity, unless the login already has one.
        let known = match stored {
            None if matches!(asked.slot, Slot::Session(_)) => {
                let guest = self.store.guest_slot(platform).await?;
                self.stored_aws_session(platform, &guest).await?
            }
            stored => stored,
        };
        let known = known.filter(|session| session.user == asked.user || session.is_guest());
        let logins_before = self.active_logins(platform).await?;
        let (logins, role) = (&asked.logins, asked.role.as_deref());
        let granted = match (developer_identity(logins)?, known) {
            // The token names its identity, so no other is requested.
            (Some(identity_id), _) => self.grant(platform, &identity_id, logins, role).await?,
            (None, Some(session)) => match self.grant(platform, &session.identity_id, logins, role).await {
                Err(error) if is_about_the_identity(&error) => self.grant_anew(platform, logins, role).await?,
                granted => granted?,
            },
            (None, None) => self.grant_anew(platform, logins, role).await?,
        };
        let logins_after = self.active_logins(platform).await?;
        if logins_before.iter().any(|login| !logins_after.contains(login)) {
            return Ok(None);
        }
        let session = Rc::new(AwsSession::new(granted, asked.user.clone(), platform.now_ms()));
        let is_open = self.store.commit_credentials(platform, &asked.slot, &session).await?;
        Ok(is_open.then_some(session))
    }

    async fn grant_anew<P: Platform>(
        &self,
        platform: &P,
        logins: &Logins,
        role: Option<&str>,
    ) -> Result<Granted, Error> {
        let request = get_id::request(&self.config.identity_url(), &self.config.require_identity_pool()?.id, logins);
        let identity_id = get_id::read(&send_with_retry(platform, &request, Retry::Transient).await?)?;
        self.grant(platform, &identity_id, logins, role).await
    }

    async fn grant<P: Platform>(
        &self,
        platform: &P,
        identity_id: &str,
        logins: &Logins,
        role: Option<&str>,
    ) -> Result<Granted, Error> {
        let url = self.config.identity_url();
        let Some(basic) = &self.config.require_identity_pool()?.basic_flow else {
            let request = get_credentials_for_identity::request(&url, identity_id, logins, role);
            let response = send_with_retry(platform, &request, Retry::Transient).await?;
            let output = get_credentials_for_identity::read(&response)?;
            return Ok(Granted {
                identity_id: output.identity_id,
                credentials: output.credentials,
                expires_at_ms: output.expires_at_ms,
                server_time_ms: response.server_time_ms(),
            });
        };
        let role_arn = if logins.is_empty() { basic.guest_role.as_ref() } else { Some(&basic.authenticated_role) };
        let role_arn = role_arn.ok_or(ErrorKind::NoCredentials)?;
        let (identity_id, token) = match developer_token(logins) {
            Some(token) => (identity_id.to_owned(), token.clone()),
            None => {
                let request = get_open_id_token::request(&url, identity_id, logins);
                get_open_id_token::read(&send_with_retry(platform, &request, Retry::Transient).await?)?
            }
        };
        let duration = basic.duration_seconds.map(decimal);
        let asked = sts::AssumeRole {
            role_arn,
            session_name: "poolpass",
            token: &token,
            duration_seconds: duration.as_deref(),
        };
        let request = sts::request(&self.config.sts_url(), &asked);
        let response: Response = send_with_retry_as(platform, &request, Retry::Transient, sts::accept).await?;
        let (credentials, expires_at_ms) = sts::read(&response)?;
        Ok(Granted { identity_id, credentials, expires_at_ms, server_time_ms: response.server_time_ms() })
    }

    async fn stored_aws_session<P: Platform>(
        &self,
        platform: &P,
        slot: &Slot,
    ) -> Result<Option<Rc<AwsSession>>, Error> {
        self.store.load_credentials(platform, slot).await
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

/// Whether an error concerns the known identity, so that a new one may help: it was deleted, was disabled by a merge,
/// or doesn't belong to these logins.
fn is_about_the_identity(error: &Error) -> bool {
    error.service().is_some_and(|service| {
        matches!(service.name.as_str(), "ResourceNotFoundException" | "ResourceConflictException")
            || matches!(service.reason(), Some(Reason::LoginsMismatch | Reason::IdentityForbidden))
    })
}
