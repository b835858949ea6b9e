//! The storage of sessions, by keys that the caller hands over: a future that owned them would hold them while it waits.

use std::rc::Rc;

use crate::error::Error;
use crate::platform::{Platform, Storage};
use crate::secret::Secret;

/// Reads a text.
pub(super) fn get<P: Platform>(
    platform: &P,
    key: String,
) -> impl Future<Output = Result<Option<Rc<Secret<String>>>, Error>> {
    platform.storage().get(&key)
}

/// Stores a text.
pub(super) fn set<P: Platform>(
    platform: &P,
    key: String,
    text: Secret<String>,
) -> impl Future<Output = Result<(), Error>> {
    platform.storage().set(&key, text.expose_secret())
}

/// Removes a text.
pub(super) fn remove<P: Platform>(platform: &P, key: String) -> impl Future<Output = Result<(), Error>> {
    platform.storage().remove(&key)
}
