//! Back-off after wrong passwords (Developer Guide, "Lockout behavior for failed sign-in attempts").

use serde::{Deserialize, Serialize};

/// Failures that cost nothing.
const FREE: u32 = 5;
const LONGEST_LOCK_MS: u64 = 15 * 60 * 1000;
const QUIET_MS: u64 = 15 * 60 * 1000;

/// The failures of one user name, whether such a user exists or not.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Lockout {
    failures: u32,
    last_failure_ms: u64,
}

impl Lockout {
    /// Whether attempts are refused unseen now.
    pub(crate) fn is_locked(&self, now_ms: u64) -> bool {
        now_ms < self.last_failure_ms.saturating_add(self.lock_ms())
    }

    /// Counts a failure; after a quiet quarter of an hour it is the first.
    pub(crate) fn fail(&mut self, now_ms: u64) {
        if now_ms >= self.last_failure_ms.saturating_add(QUIET_MS) {
            self.failures = 0;
        }
        self.failures = self.failures.saturating_add(1);
        self.last_failure_ms = now_ms;
    }

    fn lock_ms(&self) -> u64 {
        match self.failures.checked_sub(FREE) {
            None => 0,
            Some(doublings) => 1000_u64.checked_shl(doublings.min(20)).unwrap_or(u64::MAX).min(LONGEST_LOCK_MS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn locks_double_from_the_fifth_failure_up_to_a_quarter_of_an_hour() {
        let mut lockout = Lockout::default();
        let mut locks = Vec::new();
        for _ in 0..20 {
            lockout.fail(1_000_000);
            locks.push(lockout.lock_ms() / 1000);
        }
        assert_eq!(locks[..8], [0, 0, 0, 0, 1, 2, 4, 8]);
        assert_eq!(locks[14..], [900; 6], "{locks:?}");
    }

    #[test]
    fn a_quiet_quarter_of_an_hour_forgives() {
        let mut lockout = Lockout::default();
        (0..7).for_each(|_| lockout.fail(1_000_000));
        assert!(lockout.is_locked(1_003_999) && !lockout.is_locked(1_004_000));
        lockout.fail(1_000_000 + QUIET_MS);
        assert_eq!(lockout.failures, 1);
    }

    proptest! {
        #[test]
        fn no_lock_is_longer_than_a_quarter_of_an_hour(failures in 0_u32..100_000) {
            let lockout = Lockout { failures, last_failure_ms: 0 };
            prop_assert!(!lockout.is_locked(LONGEST_LOCK_MS));
        }
    }
}
