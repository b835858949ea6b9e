//! Credentials that a service has refused, and when a refusal is a reason to renew them.

use std::cell::Cell;
use std::rc::Rc;

use super::{Record, Session};
use crate::crypto::sha256::sha256;
use crate::error::Error;
use crate::platform::Platform;

/// A service that refuses every new credential causes one renewal in this time.
const PAUSE_MS: i64 = 30_000;

/// Names a token or an access key ID without giving it away: 48 bits of its hash, which a JavaScript number can hold.
pub(crate) fn fingerprint(credential: &str) -> i64 {
    let [a, b, c, d, e, f, ..] = sha256(&[credential.as_bytes()]);
    i64::from_be_bytes([0, 0, a, b, c, d, e, f])
}

/// The last renewal that a refusal caused.
#[derive(Default)]
pub(super) struct Refusals {
    /// The fingerprint of the credential that was at hand after it, and the local time.
    last: Cell<Option<(i64, i64)>>,
}

impl Refusals {
    /// Whether to renew the credential at hand, `current`, after a service has refused `refused`. Both are fingerprints.
    ///
    /// No if the two differ: it has been renewed since. No within [`PAUSE_MS`] of the last such renewal if that led to the
    /// credential at hand, or left it in place because it failed: another renewal would not help.
    pub(super) fn call_for_renewal(&self, refused: i64, current: i64, now_ms: i64) -> bool {
        let is_recent = |time_ms: i64| (0..PAUSE_MS).contains(&now_ms.saturating_sub(time_ms));
        let was_renewed = self.last.get().is_some_and(|(result, time_ms)| result == current && is_recent(time_ms));
        refused == current && !was_renewed
    }

    /// Notes the credential that is at hand after a renewal, whether it succeeded or not.
    pub(super) fn renewed(&self, current: i64, now_ms: i64) {
        self.last.set(Some((current, now_ms)));
    }
}

impl Session {
    /// Tokens that can be used now. If a service has refused some, `refused` is their [`Record::fingerprint`]: they are
    /// renewed unless [`Refusals::call_for_renewal`] says no.
    ///
    /// # Errors
    /// As [`Session::fresh_record`].
    pub(crate) async fn usable_record<P: Platform>(
        &self,
        platform: &P,
        refused: Option<i64>,
    ) -> Result<Rc<Record>, Error> {
        let record = self.stored(platform).await?;
        let renew = refused
            .is_some_and(|refused| self.refusals.call_for_renewal(refused, record.fingerprint(), platform.now_ms()));
        let result = self.fresh_in_place_of(platform, Rc::clone(&record), renew).await;
        if renew {
            let current = result.as_ref().unwrap_or(&record);
            self.refusals.renewed(current.fingerprint(), platform.now_ms());
        }
        result
    }
}
