//! From logins to credentials: asked for once in a tab and once across tabs, and only when somebody wants them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::credentials::{AwsSession, Granted};
use super::logins::{developer_identity, developer_token, user_key};
use super::refresh::STORAGE_LAG_MS;
use super::{Session, SingleFlight};
use crate::call::{Repeat, call, call_as};
use crate::error::{Error, ErrorKind, Misuse, Reason};
use crate::identity::{Logins, get_credentials_for_identity, get_id, get_open_id_token, unlink_identity};
use crate::json::decimal;
use crate::platform::{Guard, Platform, Response};
use crate::sts;

const LOCK_WAIT_MS: u32 = 20_000;

/// What is wanted of the identity pool.
#[derive(Clone, Debug, Default)]
pub struct CredentialsWish {
    /// Logins beside those that the kit knows of: the user pool's, and those of `oidcProviders`.
    pub logins: Logins,
    /// One of the roles that the user's token names (`CustomRoleArn`).
    pub role: Option<String>,
    /// Whether to ask for others though those at hand are good.
    pub force: bool,
}

/// The state of one client's identity.
#[derive(Default)]
pub(crate) struct Identities {
    /// With whose credentials are asked for.
    flight: SingleFlight<(String, Result<Rc<AwsSession>, Error>)>,
    unsaved: RefCell<Option<Rc<AwsSession>>>,
    jitter: Cell<Option<u8>>,
}

impl Session {
    /// Credentials that can be used now.
    ///
    /// # Errors
    /// `no_credentials` if nobody is signed in and guests are not allowed; what the services said; network errors.
    pub(crate) async fn aws_session<P: Platform>(
        &self,
        platform: &P,
        wish: &CredentialsWish,
    ) -> Result<Rc<AwsSession>, Error> {
        let pool = self.config.require_identity_pool()?;
        if wish.role.is_some() && pool.basic_flow.is_some() {
            return Err(Misuse::Option("roleArn".to_owned()).into());
        }
        let logins = self.logins(platform, &wish.logins).await?;
        if logins.is_empty() && !pool.allow_guest_access {
            return Err(ErrorKind::NoCredentials.into());
        }
        let user = user_key(&logins, wish.role.as_deref());
        let stored = self.stored_aws_session(platform).await?;
        if !wish.force
            && let Some(session) = &stored
            && session.user == user
            && session.is_fresh(platform.now_ms(), self.jitter(platform)?)
        {
            return Ok(Rc::clone(session));
        }
        let shared = platform.detached();
        let (role, flight) = (wish.role.as_deref(), &self.identities.flight);
        let found = loop {
            let ask = async || (user.clone(), self.across_tabs(&shared, &logins, role, &user, stored.clone()).await);
            let (whose, found) = flight.run(ask).await;
            // What was joined may have been another user's, before a sign-in or after a sign-out.
            if whose == user {
                break found;
            }
        };
        // It was early: what is left of the old ones' time can be used.
        let usable =
            |session: &Rc<AwsSession>| !wish.force && session.user == user && session.is_valid(platform.now_ms());
        found.or_else(|error| stored.filter(usable).ok_or(error))
    }

    /// Takes a login off the user's identity, and forgets the credentials at hand.
    pub(crate) async fn unlink<P: Platform>(
        &self,
        platform: &P,
        wish: &CredentialsWish,
        providers: &[String],
    ) -> Result<(), Error> {
        let session = self.aws_session(platform, wish).await?;
        let logins = self.logins(platform, &wish.logins).await?;
        let request = unlink_identity::request(&self.config.identity_url(), &session.identity_id, &logins, providers);
        call(platform, &request, Repeat::IfThrottled).await?;
        self.forget_aws_session(platform).await
    }

    /// Forgets identity and credentials, as every sign-out does.
    pub(crate) async fn forget_aws_session<P: Platform>(&self, platform: &P) -> Result<(), Error> {
        drop(self.identities.unsaved.replace(None));
        if self.config.identity_pool.is_none() {
            return Ok(());
        }
        platform.remove(&self.aws_key()).await
    }

    async fn across_tabs<P: Platform>(
        &self,
        platform: &P,
        logins: &Logins,
        role: Option<&str>,
        user: &str,
        stale: Option<Rc<AwsSession>>,
    ) -> Result<Rc<AwsSession>, Error> {
        let guard = platform.lock(&[&self.aws_key(), ".renew"].concat(), LOCK_WAIT_MS).await?;
        // Another tab may have done it while this one waited for the lock.
        let is_news = |session: &Rc<AwsSession>| {
            let is_another = stale.as_ref().is_none_or(|stale| stale.expires_at_ms != session.expires_at_ms);
            is_another && session.user == user && session.is_fresh(platform.now_ms(), 0)
        };
        let mut stored = self.stored_aws_session(platform).await?;
        if guard.contended() && !stored.as_ref().is_some_and(is_news) {
            platform.sleep(STORAGE_LAG_MS).await;
            stored = self.stored_aws_session(platform).await?;
        }
        if let Some(session) = stored.as_ref().filter(|session| is_news(session)) {
            return Ok(Rc::clone(session));
        }
        let present = self.present(platform).await?;
        // A guest who signs in keeps the identity, unless the login has one already.
        let known = stored.filter(|session| session.user == user || session.is_guest());
        let granted = match (developer_identity(logins)?, known) {
            // No other is to be asked for.
            (Some(identity_id), _) => self.grant(platform, &identity_id, logins, role).await?,
            (None, Some(session)) => match self.grant(platform, &session.identity_id, logins, role).await {
                Err(error) if is_about_the_identity(&error) => self.grant_anew(platform, logins, role).await?,
                granted => granted?,
            },
            (None, None) => self.grant_anew(platform, logins, role).await?,
        };
        let session = Rc::new(AwsSession::new(granted, user.to_owned(), platform.now_ms()));
        // Who has signed out meanwhile leaves nothing behind.
        let still_present = self.present(platform).await?;
        if present.iter().any(|login| !still_present.contains(login)) {
            return Ok(session);
        }
        let kept = platform.store(&self.aws_key(), session.to_stored().expose_secret()).await;
        self.identities.unsaved.replace(kept.is_err().then(|| Rc::clone(&session)));
        Ok(session)
    }

    async fn grant_anew<P: Platform>(
        &self,
        platform: &P,
        logins: &Logins,
        role: Option<&str>,
    ) -> Result<Granted, Error> {
        let request = get_id::request(&self.config.identity_url(), &self.config.require_identity_pool()?.id, logins);
        let identity_id = get_id::read(&call(platform, &request, Repeat::IfItMayHelp).await?)?;
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
            let response = call(platform, &request, Repeat::IfItMayHelp).await?;
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
                get_open_id_token::read(&call(platform, &request, Repeat::IfItMayHelp).await?)?
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
        let response: Response = call_as(platform, &request, Repeat::IfItMayHelp, sts::accept).await?;
        let (credentials, expires_at_ms) = sts::read(&response)?;
        Ok(Granted { identity_id, credentials, expires_at_ms, server_time_ms: response.server_time_ms() })
    }

    async fn stored_aws_session<P: Platform>(&self, platform: &P) -> Result<Option<Rc<AwsSession>>, Error> {
        if let Some(session) = self.identities.unsaved.borrow().as_ref() {
            return Ok(Some(Rc::clone(session)));
        }
        let text = platform.load(&self.aws_key()).await?;
        Ok(text.and_then(|text| AwsSession::from_stored(text.expose_secret())))
    }

    fn aws_key(&self) -> String {
        let pool = self.config.identity_pool.as_ref().map(|pool| pool.id.as_str());
        ["poolpass.v1.", self.config.namespace(), ".", pool.unwrap_or_default(), ".credentials"].concat()
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

/// Whether an error is about the identity that was known, so that another may serve: deleted, disabled by a merge, or not
/// of these logins.
fn is_about_the_identity(error: &Error) -> bool {
    error.service().is_some_and(|service| {
        matches!(service.name.as_str(), "ResourceNotFoundException" | "ResourceConflictException")
            || matches!(service.reason(), Some(Reason::LoginsMismatch | Reason::IdentityForbidden))
    })
}
