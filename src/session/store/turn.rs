//! Taking turns across tabs: with a Web Lock, or with a lease in the storage if there are no Web Locks.

use super::Store;
use crate::encode::base64;
use crate::error::{Error, ErrorKind};
use crate::json::{Value, Writer};
use crate::platform::{Guard, Platform, Storage};
use crate::session::storage;

/// Longer than the holder's request and its pauses can take.
pub(in crate::session) const TURN_WAIT_MS: u32 = 20_000;
/// A tab that died has left an older lease behind.
const LEASE_MS: i64 = 17_000;
const PAUSE_MS: u32 = 50;
/// How often a lease is written before a tab continues alone.
const WRITES: u32 = 4;
/// The longest time of a write that is waited out.
const SLOWEST_WRITE_MS: u32 = 2_000;
/// How often the storage may fail before a tab continues without a turn.
const FAILURES: u32 = 5;

/// A turn. A lock is held until it is dropped, a lease until it is released.
pub(in crate::session) struct Turn<G> {
    /// Only held, never read.
    _lock: Option<G>,
    lease: Option<(String, String)>,
    /// Whether another tab had the turn. Its writes may not be visible yet.
    pub(in crate::session) contended: bool,
}

impl Store {
    /// Takes the turn of this name. Waits at most `wait_ms` for the tab that has it.
    ///
    /// # Errors
    /// `lock_timeout`, `aborted`.
    pub(in crate::session) async fn take_turn<P: Platform>(
        &self,
        platform: &P,
        name: &str,
        wait_ms: u32,
    ) -> Result<Turn<P::Guard>, Error> {
        match platform.lock(name, wait_ms).await? {
            Some(guard) => Ok(Turn { contended: guard.contended(), _lock: Some(guard), lease: None }),
            // No other tab has this storage.
            None if platform.storage().lag_ms() == 0 => Ok(Turn { _lock: None, lease: None, contended: false }),
            None => self.take_lease(platform, name, wait_ms).await,
        }
    }

    /// The name of the turn for a session's refresh.
    pub(in crate::session) fn refresh_turn(&self, id: &str) -> String {
        [&self.record_key(id), ".refresh"].concat()
    }

    /// Releases the turn. A lease is removed; a lock is released when the turn is dropped.
    pub(in crate::session) async fn release<P: Platform>(&self, platform: &P, turn: Turn<P::Guard>) {
        if let Some((key, own)) = &turn.lease
            && matches!(self.holder(platform, key).await, Ok(Some(holder)) if holder == *own)
        {
            let _ = storage::remove(platform, key.clone()).await;
        }
    }

    /// Fischer's algorithm: a tab that still reads its own name after twice the lag holds the lease. Any tab
    /// that had not seen this name has written its own by then, and this tab would read that.
    async fn take_lease<P: Platform>(&self, platform: &P, name: &str, wait_ms: u32) -> Result<Turn<P::Guard>, Error> {
        let key = [name, ".lease"].concat();
        let mut bytes = [0; 12];
        platform.fill_random(&mut bytes)?;
        let own = base64::encode_url(&bytes);
        let mut waited_ms = 0;
        let mut failures = 0;
        let mut writes = 0;
        let mut contended = false;
        loop {
            let pause_ms = match self.holder(platform, &key).await {
                Ok(Some(holder)) if holder == own => {
                    return Ok(Turn { _lock: None, lease: Some((key, own)), contended });
                }
                Ok(Some(_)) if waited_ms >= wait_ms => return Err(ErrorKind::LockTimeout.into()),
                Ok(Some(_)) => {
                    contended = true;
                    PAUSE_MS
                }
                Ok(None) if writes < WRITES => {
                    writes += 1;
                    let start_ms = platform.now_ms();
                    failures += u32::from(self.write_lease(platform, &key, &own).await.is_err());
                    // A slow write of another tab may still land on top of this one.
                    let took_ms = u32::try_from(platform.now_ms().saturating_sub(start_ms)).unwrap_or_default();
                    let lag_ms = platform.storage().lag_ms().saturating_add(took_ms.min(SLOWEST_WRITE_MS));
                    lag_ms.saturating_mul(2).saturating_add(PAUSE_MS)
                }
                // Written again and again and not there: the storage drops it, or this tab is too slow to hold one.
                Ok(None) => return Ok(Turn { _lock: None, lease: None, contended: true }),
                // A storage that can't hold a lease can't hold the result either, so this tab continues alone.
                _ if failures == FAILURES => return Ok(Turn { _lock: None, lease: None, contended: true }),
                _ => {
                    failures += 1;
                    PAUSE_MS
                }
            };
            platform.sleep(pause_ms).await;
            waited_ms += pause_ms;
        }
    }

    fn write_lease<P: Platform>(&self, platform: &P, key: &str, own: &str) -> impl Future<Output = Result<(), Error>> {
        let mut json = Writer::object();
        json.str("by", own);
        json.integer("at", platform.now_ms());
        storage::set(platform, key.to_owned(), json.finish())
    }

    /// The holder of a lease.
    async fn holder<P: Platform>(&self, platform: &P, key: &str) -> Result<Option<String>, Error> {
        let Some(text) = storage::get(platform, key.to_owned()).await? else { return Ok(None) };
        let json = Value::parse(text.expose_secret());
        Ok(json.and_then(|json| {
            let age_ms = platform.now_ms().saturating_sub(json.integer("at")?);
            (0..LEASE_MS).contains(&age_ms).then(|| json.string("by")).flatten()
        }))
    }
}
