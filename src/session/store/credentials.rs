//! AWS credentials, stored next to the session that they belong to.

use std::rc::Rc;

use super::Store;
use crate::encode::base64;
use crate::error::Error;
use crate::platform::{Platform, Storage};
use crate::session::credentials::AwsSession;

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
            Some(_) => platform.storage().get(&self.key("ended.guest")).await?,
            None => None,
        };
        Ok(Slot::Guest { ended: word.map(|mut word| word.take()).unwrap_or_default() })
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
        let text = platform.storage().get(&self.credentials_key(slot)).await?;
        Ok(text.and_then(|text| AwsSession::from_stored(text.expose_secret())))
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
        let key = self.credentials_key(slot);
        let stored = platform.storage().set(&key, session.to_stored().expose_secret()).await;
        self.unsaved_credentials.replace(stored.is_err().then(|| (slot.clone(), Rc::clone(session))));
        if let Slot::Session(id) = slot {
            if self.has_ended_here(id) {
                self.remove_in(platform, slot).await?;
                return Ok(false);
            }
            if stored.is_ok() {
                // The guest's identity belongs to the user now.
                let _ = platform.storage().remove(&self.credentials_key(&GUEST)).await;
            }
        }
        Ok(true)
    }

    /// Waits for the lag, and removes the credentials if their session has ended meanwhile.
    pub(in crate::session) async fn settle_credentials<P: Platform>(&self, platform: &P, slot: &Slot) {
        self.wait_out_the_lag(platform).await;
        if matches!(self.is_open(platform, slot).await, Ok(false)) {
            let _ = platform.storage().remove(&self.credentials_key(slot)).await;
        }
    }

    /// Removes a guest's identity and credentials, and drops those that are being requested.
    ///
    /// # Errors
    /// `storage_write`.
    pub(in crate::session) async fn end_guest<P: Platform>(&self, platform: &P) -> Result<(), Error> {
        self.unsaved_credentials.replace(None);
        if self.config.identity_pool().is_some() {
            let mut bytes = [0; 12];
            platform.fill_random(&mut bytes)?;
            // Without this, credentials under way in another tab may be stored.
            let _ = platform.storage().set(&self.key("ended.guest"), &base64::encode_url(&bytes)).await;
        }
        self.remove_guest(platform).await
    }

    /// Removes a guest's identity and credentials.
    ///
    /// # Errors
    /// `storage_write`.
    pub(in crate::session) async fn remove_guest<P: Platform>(&self, platform: &P) -> Result<(), Error> {
        self.remove_in(platform, &GUEST).await
    }

    /// Removes the credentials of a session.
    pub(super) async fn remove_credentials<P: Platform>(&self, platform: &P, id: &str) -> Result<(), Error> {
        self.remove_in(platform, &Slot::Session(id.to_owned())).await
    }

    /// Removes the credentials in a slot.
    ///
    /// # Errors
    /// `storage_write`.
    pub(in crate::session) async fn remove_in<P: Platform>(&self, platform: &P, slot: &Slot) -> Result<(), Error> {
        self.unsaved_credentials.borrow_mut().take_if(|(other, _)| other == slot);
        match self.config.identity_pool() {
            Some(_) => platform.storage().remove(&self.credentials_key(slot)).await,
            None => Ok(()),
        }
    }

    fn credentials_key(&self, slot: &Slot) -> String {
        let pool = self.config.identity_pool().map_or("", |pool| pool.id());
        let id = match slot {
            Slot::Session(id) => id,
            Slot::Guest { .. } => "guest",
        };
        // As former versions stored them.
        let separator = if id.is_empty() { "" } else { "." };
        [&self.prefix, pool, ".credentials", separator, id].concat()
    }
}
