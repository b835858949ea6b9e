//! How far the clocks of services are off.

use std::cell::RefCell;

/// Hosts, and how far each one's clock is ahead of the local one. An offset applies to its own host only: that service may
/// be wrong, or malicious.
#[derive(Default)]
pub(crate) struct ClockOffsets(RefCell<Vec<(String, i64)>>);

impl ClockOffsets {
    /// How far the clock of the service at this host is ahead of the local one, if it is known.
    pub(super) fn get_ms(&self, host: &str) -> Option<i64> {
        self.0.borrow().iter().find(|(known, _)| known == host).map(|(_, offset_ms)| *offset_ms)
    }

    /// Remembers how far the clock of the service at this host is ahead of the local one.
    pub(super) fn set_ms(&self, host: &str, offset_ms: i64) {
        let mut known = self.0.borrow_mut();
        match known.iter_mut().find(|(other, _)| other == host) {
            Some((_, own)) => *own = offset_ms,
            None => known.push((host.to_owned(), offset_ms)),
        }
    }
}
