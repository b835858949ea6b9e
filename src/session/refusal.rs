//! Credentials that a service has rejected, and whether a rejection is a reason to renew them.

use std::cell::Cell;

use crate::crypto::sha256::sha256;

/// A service that rejects every new credential causes one renewal in this time.
const PAUSE_MS: i64 = 30_000;

/// Names a token or an access key ID without revealing it: 48 bits of its hash, which fit into a JavaScript number.
pub(crate) fn fingerprint(credential: &str) -> i64 {
    let [a, b, c, d, e, f, ..] = sha256(&[credential.as_bytes()]);
    i64::from_be_bytes([0, 0, a, b, c, d, e, f])
}

/// The last renewal that a rejection caused.
#[derive(Default)]
pub(super) struct Refusals {
    /// The fingerprint of the current credential after it, and the local time.
    last: Cell<Option<(i64, i64)>>,
}

impl Refusals {
    /// Whether to renew the credential `current` after a service has rejected `refused`. Both are fingerprints.
    ///
    /// No if the two differ: the credential has been renewed since. No within [`PAUSE_MS`] of the last such renewal if
    /// that led to `current`, or failed and left it in place: another renewal would not help.
    pub(super) fn call_for_renewal(&self, refused: i64, current: i64, now_ms: i64) -> bool {
        let is_recent = |time_ms: i64| (0..PAUSE_MS).contains(&now_ms.saturating_sub(time_ms));
        let was_renewed = self.last.get().is_some_and(|(result, time_ms)| result == current && is_recent(time_ms));
        refused == current && !was_renewed
    }

    /// Notes the current credential after a renewal, whether it succeeded or not.
    pub(super) fn renewed(&self, current: i64, now_ms: i64) {
        self.last.set(Some((current, now_ms)));
    }
}
