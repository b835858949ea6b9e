//! AWS credentials, stored next to the session that they belong to.

use std::rc::Rc;

use super::Store;
use crate::encode::base64;
use crate::error::Error;
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::credentials::AwsSession;
use crate::session::storage;
use crate::sigv4::{Credentials, Scope, SigningKey};

/// The owner of credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::session) enum Slot {
    /// A session of the user pool, by its ID.
    Session(String),
    /// A user who is not signed in at the user pool: a guest, or a user with other logins. The slot is valid until
    /// a tab signs out.
    Guest { ended: String },
}

/// The key of a guest's credentials does not depend on sign-outs.
const GUEST: Slot = Slot::Guest { ended: String::new() };

impl Store {
    /// The current slot of a guest.
    ///
    /// # Errors
    /// `storage_read`.
    pub(in crate::session) async fn guest_slot<P: Platform>(&self, platform: &P) -> Result<Slot, Error> {
        let word = match self.config.identity_pool() {
            Some(_) => storage::get(platform, self.key("ended.guest")).await?,
            None => None,
        };
        Ok(Slot::Guest { ended: word.map(|word| word.expose_secret().clone()).unwrap_or_default() })
    }

    /// Whether credentials that were requested for this slot may still be stored in it.
    ///
    /// # Errors
    /// `storage_read`.
    pub(in crate::session) async fn is_open<P: Platform>(&self, platform: &P, slot: &Slot) -> Result<bool, Error> {
        match slot {
            Slot::Session(id) => Ok(self.look(platform).await?.is_some_and(|record| record.id() == id)),
            Slot::Guest { .. } => Ok(self.guest_slot(platform).await? == *slot && self.look(platform).await?.is_none()),
        }
    }

    /// The name of the turn for renewing them.
    pub(in crate::session) fn credentials_lock(&self, slot: &Slot) -> String {
        [&self.credentials_key(slot), ".renew"].concat()
    }

    /// The stored credentials. `None` if there are none, or if they are unreadable.
    ///
    /// # Errors
    /// `storage_read`.
    pub(in crate::session) async fn load_credentials<P: Platform>(
        &self,
        platform: &P,
        slot: &Slot,
    ) -> Result<Option<Rc<AwsSession>>, Error> {
        if let Some((_, session)) = self.unsaved_credentials.borrow().as_ref().filter(|(other, _)| other == slot) {
            return Ok(Some(Rc::clone(session)));
        }
        let Some(text) = storage::get(platform, self.credentials_key(slot)).await? else {
            // Another tab may have removed them.
            self.signing_key.replace(None);
            self.read_credentials.forget();
            return Ok(None);
        };
        if let Some(session) = self.read_credentials.of(&text) {
            return Ok(Some(session));
        }
        let session = AwsSession::from_stored(text.expose_secret());
        if let Some(session) = &session {
            self.read_credentials.keep(text, session);
        }
        Ok(session)
    }

    /// The signing key of credentials that have just been loaded: the last one if it has this scope, else a new one.
    pub(in crate::session) fn signing_key(&self, credentials: &Credentials, scope: &Scope<'_>) -> Rc<SigningKey> {
        let last = self.signing_key.borrow().clone().filter(|key| key.is_for(credentials, scope));
        last.unwrap_or_else(|| {
            let key = Rc::new(SigningKey::derive(credentials, scope));
            self.signing_key.replace(Some(Rc::clone(&key)));
            key
        })
    }

    /// Stores credentials, unless their session has ended. Returns whether it continues. If storing fails, this tab
    /// keeps them in memory.
    ///
    /// # Errors
    /// `storage_read`.
    pub(in crate::session) async fn commit_credentials<P: Platform>(
        &self,
        platform: &P,
        slot: &Slot,
        session: &Rc<AwsSession>,
    ) -> Result<bool, Error> {
        if !self.is_open(platform, slot).await? {
            return Ok(false);
        }
        self.signing_key.replace(None);
        let stored = storage::set(platform, self.credentials_key(slot), session.to_stored()).await;
        self.unsaved_credentials.replace(stored.is_err().then(|| (slot.clone(), Rc::clone(session))));
        if let Slot::Session(id) = slot {
            if self.has_ended_here(id) {
                self.remove_in(platform, slot).await?;
                return Ok(false);
            }
            if stored.is_ok() {
                // The guest's identity belongs to the user now.
                let _ = storage::remove(platform, self.credentials_key(&GUEST)).await;
            }
        }
        Ok(true)
    }

    /// Waits for the lag, and removes the credentials if their session has ended meanwhile.
    pub(in crate::session) async fn settle_credentials<P: Platform>(&self, platform: &P, slot: &Slot) {
        self.wait_out_the_lag(platform).await;
        if matches!(self.is_open(platform, slot).await, Ok(false)) {
            let _ = storage::remove(platform, self.credentials_key(slot)).await;
        }
    }

    /// Drops a guest's credentials that are being requested. [`Store::remove_guest`] removes those that are stored.
    ///
    /// # Errors
    /// `no_random`.
    pub(in crate::session) async fn end_guest<P: Platform>(&self, platform: &P) -> Result<(), Error> {
        self.unsaved_credentials.replace(None);
        self.signing_key.replace(None);
        if self.config.identity_pool_id().is_some() {
            let mut bytes = [0; 12];
            platform.fill_random(&mut bytes)?;
            // Without this, credentials under way in another tab may be stored.
            let word = Secret::new(base64::encode_url(&bytes));
            let _ = storage::set(platform, self.key("ended.guest"), word).await;
        }
        Ok(())
    }

    /// Removes a guest's identity and credentials.
    ///
    /// # Errors
    /// `storage_write`.
    pub(in crate::session) fn remove_guest<P: Platform>(
        &self,
        platform: &P,
    ) -> impl Future<Output = Result<(), Error>> {
        self.remove_in(platform, &GUEST)
    }

    /// Removes the credentials in a slot.
    ///
    /// # Errors
    /// `storage_write`.
    pub(in crate::session) fn remove_in<'a, P: Platform>(
        &self,
        platform: &'a P,
        slot: &Slot,
    ) -> impl Future<Output = Result<(), Error>> + use<'a, P> {
        self.unsaved_credentials.borrow_mut().take_if(|(other, _)| other == slot);
        self.signing_key.replace(None);
        self.read_credentials.forget();
        let removal = self.config.identity_pool_id().map(|_| storage::remove(platform, self.credentials_key(slot)));
        async move {
            match removal {
                Some(removal) => removal.await,
                None => Ok(()),
            }
        }
    }

    fn credentials_key(&self, slot: &Slot) -> String {
        let pool = self.config.identity_pool_id().unwrap_or_default();
        let id = match slot {
            Slot::Session(id) => id,
            Slot::Guest { .. } => "guest",
        };
        // As former versions stored them.
        let separator = if id.is_empty() { "" } else { "." };
        [&self.prefix, pool, ".credentials", separator, id].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::World;

    fn credentials(secret: &str) -> Credentials {
        Credentials { access_key_id: "AKID".into(), secret_access_key: secret.into(), session_token: None }
    }

    fn store() -> Store {
        let config = r#"{"identityPool": {"identityPoolId": "eu-west-1:7a3f"}}"#;
        Store::new(Rc::new(config.parse().unwrap()))
    }

    #[test]
    fn a_signing_key_is_used_again_for_the_same_day_region_service_and_credential() {
        let store = store();
        let scope = Scope { region: "eu-west-1", service: "execute-api", time: "20261130T120000Z" };
        let first = store.signing_key(&credentials("one"), &scope);
        let later = Scope { time: "20261130T235959Z", ..scope };
        assert!(Rc::ptr_eq(&first, &store.signing_key(&credentials("one"), &later)));
        let others = [
            (Scope { time: "20261201T000000Z", ..scope }, "one"),
            (Scope { region: "us-east-1", ..scope }, "one"),
            (Scope { service: "s3", ..scope }, "one"),
            (scope, "two"),
        ];
        for (other, secret) in others {
            let first = store.signing_key(&credentials("one"), &scope);
            let key = store.signing_key(&credentials(secret), &other);
            assert!(!Rc::ptr_eq(&first, &key), "{other:?}");
            assert!(key.is_for(&credentials(secret), &other) && !key.is_for(&credentials("one"), &scope), "{other:?}");
        }
    }

    #[test]
    fn the_signing_key_is_dropped_with_the_credentials() {
        let (store, world) = (store(), World::new());
        let tab = world.tab();
        let scope = Scope { region: "eu-west-1", service: "execute-api", time: "20261130T120000Z" };
        let key = || Rc::downgrade(&store.signing_key(&credentials("one"), &scope));
        let is_wiped = |key: &std::rc::Weak<SigningKey>| key.upgrade().is_none();
        let kept = key();
        assert!(!is_wiped(&kept));
        world.run(store.remove_in(&tab, &Slot::Session("id".into()))).unwrap();
        assert!(is_wiped(&kept));
        let kept = key();
        world.run(store.end_guest(&tab)).unwrap();
        assert!(is_wiped(&kept));
        // Another tab has removed them.
        let kept = key();
        assert!(world.run(store.load_credentials(&tab, &GUEST)).unwrap().is_none());
        assert!(is_wiped(&kept));
    }
}
