//! The issuers' public keys, kept in memory.

use std::cell::RefCell;

use crate::error::{Error, TokenFault};
use crate::jwt::Key;
use crate::oauth::{self, jwks};
use crate::platform::Platform;
use crate::retry::{Retry, send_with_retry_as};

/// The issuer is asked for an unknown key at most once in this time.
const PAUSE_MS: i64 = 30_000;

/// Key sets by their URLs.
#[derive(Default)]
pub(crate) struct Keys {
    sets: RefCell<Vec<Set>>,
}

struct Set {
    url: String,
    keys: Vec<Key>,
    /// When the set was fetched because a key was missing.
    renewed_at_ms: Option<i64>,
}

impl Keys {
    /// Fetches a set ahead of time, unless it is known. If that fails, [`Keys::key`] returns the error.
    pub(crate) async fn prefetch<P: Platform>(&self, platform: &P, url: &str) {
        if self.sets.borrow().iter().all(|set| set.url != url)
            && let Ok(keys) = fetch(platform, url, false).await
        {
            self.put(Set { url: url.to_owned(), keys, renewed_at_ms: None });
        }
    }

    /// A key by its `kid`. An unknown one may be new: issuers change their keys.
    ///
    /// # Errors
    /// `token_invalid` with `unknown_key`; network errors; `invalid_response`.
    pub(crate) async fn key<P: Platform>(&self, platform: &P, url: &str, id: &str) -> Result<Key, Error> {
        if self.sets.borrow().iter().all(|set| set.url != url) {
            let keys = fetch(platform, url, false).await?;
            self.put(Set { url: url.to_owned(), keys, renewed_at_ms: None });
        }
        if let Some(key) = self.find(url, id) {
            return Ok(key);
        }
        let now_ms = platform.now_ms();
        let renewed_at_ms = self.sets.borrow().iter().find(|set| set.url == url).and_then(|set| set.renewed_at_ms);
        if renewed_at_ms.is_none_or(|time| !(0..PAUSE_MS).contains(&now_ms.saturating_sub(time))) {
            // Bypass the browser's cache, which has the old set.
            let keys = fetch(platform, url, true).await?;
            self.put(Set { url: url.to_owned(), keys, renewed_at_ms: Some(now_ms) });
        }
        self.find(url, id).ok_or_else(|| TokenFault::UnknownKey.into())
    }

    fn find(&self, url: &str, id: &str) -> Option<Key> {
        let sets = self.sets.borrow();
        let set = sets.iter().find(|set| set.url == url)?;
        set.keys.iter().find(|key| key.id == id).cloned()
    }

    fn put(&self, set: Set) {
        let mut sets = self.sets.borrow_mut();
        sets.retain(|other| other.url != set.url);
        sets.push(set);
    }
}

async fn fetch<P: Platform>(platform: &P, url: &str, bypass_cache: bool) -> Result<Vec<Key>, Error> {
    let mut request = jwks::request(url);
    request.bypass_cache = bypass_cache;
    jwks::read(&send_with_retry_as(platform, request, Retry::Transient, oauth::accept).await?)
}
