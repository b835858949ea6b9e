//! The record's place in the storage.

use std::cell::RefCell;
use std::rc::Rc;

use super::record::{Record, Stored};
use crate::config::UserPool;
use crate::error::Error;
use crate::platform::Platform;

/// One storage key, and the record that could not be written there.
pub(super) struct Store {
    key: String,
    pool: UserPool,
    unsaved: RefCell<Option<Rc<Record>>>,
    news: RefCell<Vec<News>>,
}

/// What listeners have to be told, once no lock is held.
pub(super) enum News {
    /// A record could not be read and was put aside.
    SetAside,
    /// The record could not be written.
    NotStored(Error),
}

impl Store {
    pub(super) fn new(pool: UserPool) -> Self {
        let key = ["poolpass.v1.", &pool.client_id, ".session"].concat();
        Self { key, pool, unsaved: RefCell::default(), news: RefCell::default() }
    }

    /// Where a record goes that cannot be read.
    fn aside_key(&self) -> String {
        [&self.key, ".corrupt"].concat()
    }

    /// What has happened since the last look.
    pub(super) fn take_news(&self) -> Vec<News> {
        self.news.take()
    }

    /// Name of the lock for this record's refresh.
    pub(super) fn lock_name(&self) -> String {
        [&self.key, ".refresh"].concat()
    }

    pub(super) async fn load<P: Platform>(&self, platform: &P) -> Result<Option<Rc<Record>>, Error> {
        if let Some(record) = self.unsaved.borrow().as_ref() {
            return Ok(Some(Rc::clone(record)));
        }
        let Some(text) = platform.load(&self.key).await? else { return Ok(None) };
        match Record::from_stored(text.expose_secret(), &self.pool) {
            Stored::Record(record) => Ok(Some(record)),
            Stored::Newer => Ok(None),
            Stored::Corrupt => {
                // Put aside for whoever looks into it; out of the way even where that fails.
                let _ = platform.store(&self.aside_key(), text.expose_secret()).await;
                platform.remove(&self.key).await?;
                self.news.borrow_mut().push(News::SetAside);
                Ok(None)
            }
        }
    }

    /// Writes the record whole. Where that fails the session lives on in this tab's memory.
    pub(super) async fn save<P: Platform>(&self, platform: &P, record: &Rc<Record>) {
        let text = record.to_stored();
        match platform.store(&self.key, text.expose_secret()).await {
            Ok(()) => drop(self.unsaved.replace(None)),
            Err(error) => {
                self.unsaved.replace(Some(Rc::clone(record)));
                // An outdated record must not come back after a reload.
                let _ = platform.remove(&self.key).await;
                self.news.borrow_mut().push(News::NotStored(error));
            }
        }
    }

    pub(super) async fn clear<P: Platform>(&self, platform: &P) -> Result<(), Error> {
        drop(self.unsaved.replace(None));
        platform.remove(&self.key).await?;
        // A record that was put aside may hold tokens too.
        platform.remove(&self.aside_key()).await
    }
}
