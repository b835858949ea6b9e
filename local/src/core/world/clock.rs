//! Time, injected.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where the emulator reads the time.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> u64;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }
}

/// A clock that stands still until it is moved. Clones share their time.
#[derive(Clone, Debug, Default)]
pub struct ManualClock(Arc<AtomicU64>);

impl ManualClock {
    /// A clock that stands at a time in milliseconds since 1970.
    #[must_use]
    pub fn new(now_ms: u64) -> Self {
        Self(Arc::new(AtomicU64::new(now_ms)))
    }

    /// Sets the time, in milliseconds since 1970.
    pub fn set(&self, now_ms: u64) {
        self.0.store(now_ms, Ordering::SeqCst);
    }

    /// Moves the time forward.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Any clock, with an offset that the control API moves.
pub(crate) struct MovableClock {
    base: Box<dyn Clock>,
    offset_ms: AtomicI64,
}

/// The last moment of the year 9999: later times have no form that HTTP can carry.
const LATEST_MS: i64 = 253_402_300_799_999;

impl MovableClock {
    pub(crate) fn new(base: impl Clock + 'static) -> Self {
        Self { base: Box::new(base), offset_ms: AtomicI64::new(0) }
    }

    pub(crate) fn now_ms(&self) -> u64 {
        let now = self.base_ms().saturating_add(self.offset_ms());
        now.clamp(0, LATEST_MS).unsigned_abs()
    }

    pub(crate) fn offset_ms(&self) -> i64 {
        self.offset_ms.load(Ordering::SeqCst)
    }

    pub(crate) fn advance(&self, by_ms: i64) {
        self.set_offset(self.offset_ms().saturating_add(by_ms));
    }

    pub(crate) fn set(&self, now_ms: u64) {
        let now = i64::try_from(now_ms).unwrap_or(LATEST_MS);
        self.set_offset(now.saturating_sub(self.base_ms()));
    }

    pub(crate) fn reset(&self) {
        self.set_offset(0);
    }

    fn base_ms(&self) -> i64 {
        i64::try_from(self.base.now_ms()).unwrap_or(LATEST_MS)
    }

    fn set_offset(&self, offset_ms: i64) {
        self.offset_ms.store(offset_ms.clamp(-LATEST_MS, LATEST_MS), Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_moves_any_clock_and_never_leaves_the_calendar() {
        let manual = ManualClock::new(1_000);
        let clock = MovableClock::new(manual.clone());
        clock.advance(500);
        manual.advance(Duration::from_millis(10));
        assert_eq!((clock.now_ms(), clock.offset_ms()), (1_510, 500));
        clock.set(90);
        assert_eq!((clock.now_ms(), clock.offset_ms()), (90, -920));
        clock.advance(i64::MIN);
        assert_eq!(clock.now_ms(), 0);
        clock.advance(i64::MAX);
        clock.advance(i64::MAX);
        assert_eq!(clock.now_ms(), LATEST_MS.unsigned_abs());
        clock.reset();
        assert_eq!(clock.now_ms(), 1_010);
    }
}
