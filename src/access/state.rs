//! What signing remembers from one call to the next.

use std::cell::RefCell;
use std::rc::Rc;

use crate::sigv4::{Credentials, Scope, SigningKey};

/// The day's key, and how far services' clocks are off.
#[derive(Default)]
pub(crate) struct SigningState {
    key: RefCell<Option<Rc<SigningKey>>>,
    /// Hosts, and how far each one's clock is ahead of the local one. A service speaks for itself only: another one may
    /// be wrong, or malicious.
    clock_offsets_ms: RefCell<Vec<(String, i64)>>,
}

impl SigningState {
    /// The key for a scope: the last one, if it is good for this scope too.
    pub(super) fn key(&self, credentials: &Credentials, scope: &Scope<'_>) -> Rc<SigningKey> {
        let kept = self.key.borrow().clone().filter(|key| key.is_for(credentials, scope));
        kept.unwrap_or_else(|| {
            let key = Rc::new(SigningKey::derive(credentials, scope));
            self.key.replace(Some(Rc::clone(&key)));
            key
        })
    }

    /// How far the clock of the service at this host is ahead of the local one, if it is known.
    pub(super) fn clock_offset_ms(&self, host: &str) -> Option<i64> {
        self.clock_offsets_ms.borrow().iter().find(|(known, _)| known == host).map(|(_, offset_ms)| *offset_ms)
    }

    /// Remembers how far the clock of the service at this host is ahead of the local one.
    pub(super) fn set_clock_offset_ms(&self, host: &str, offset_ms: i64) {
        let mut known = self.clock_offsets_ms.borrow_mut();
        match known.iter_mut().find(|(other, _)| other == host) {
            Some((_, own)) => *own = offset_ms,
            None => known.push((host.to_owned(), offset_ms)),
        }
    }
}
