//! Taking turns across tabs: by a Web Lock, or by a lease in the storage where there are none.

use super::Store;
use crate::encode::base64;
use crate::error::{Error, ErrorKind};
use crate::json::{Value, Writer};
use crate::platform::{Guard, Platform};

/// Longer than the holder's one request and its pauses may take.
pub(in crate::session) const TURN_WAIT_MS: u32 = 20_000;
/// A lease that is older was left behind by a tab that died.
const LEASE_MS: i64 = 17_000;
const PAUSE_MS: u32 = 50;
/// How often the storage may fail before a tab goes on alone.
const FAILURES: u32 = 5;

/// A turn that is held until it is dropped or, if it is a lease, released.
pub(in crate::session) struct Turn<G> {
    /// Held for its drop.
    _lock: Option<G>,
    lease: Option<(String, String)>,
    /// Whether somebody else had the turn, so that what they wrote may not be seen yet.
    pub(in crate::session) contended: bool,
}

impl Store {
    /// Takes the turn of this name, waiting at most so long for whoever has it.
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
            // Nobody else has this storage.
            None if platform.storage_lag_ms() == 0 => Ok(Turn { _lock: None, lease: None, contended: false }),
            None => self.take_lease(platform, name, wait_ms).await,
        }
    }

    /// The name of the turn for a session's refresh.
    pub(in crate::session) fn refresh_turn(&self, id: &str) -> String {
        [&self.record_key(id), ".refresh"].concat()
    }

    /// Lets the turn go. A lease is removed; a lock is free when the turn is dropped.
    pub(in crate::session) async fn release<P: Platform>(&self, platform: &P, turn: Turn<P::Guard>) {
        if let Some((key, own)) = &turn.lease
            && matches!(self.holder(platform, key).await, Ok(Some(holder)) if holder == *own)
        {
            let _ = platform.remove(key).await;
        }
    }

    /// Fischer's algorithm: whoever still reads their own name twice the lag after they wrote it holds the lease, since a
    /// tab that saw no name then has written its own by now.
    async fn take_lease<P: Platform>(&self, platform: &P, name: &str, wait_ms: u32) -> Result<Turn<P::Guard>, Error> {
        let key = [name, ".lease"].concat();
        let mut bytes = [0; 12];
        platform.fill_random(&mut bytes)?;
        let own = base64::encode_url(&bytes);
        let mut waited_ms = 0;
        let mut failures = 0;
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
                Ok(None) if self.write_lease(platform, &key, &own).await => {
                    platform.storage_lag_ms().saturating_mul(2).saturating_add(PAUSE_MS)
                }
                // A storage that can't hold a lease can't hold the result either: this tab is on its own.
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

    async fn write_lease<P: Platform>(&self, platform: &P, key: &str, own: &str) -> bool {
        let mut json = Writer::object();
        json.text("by", own);
        json.integer("at", platform.now_ms());
        platform.store(key, json.finish().expose_secret()).await.is_ok()
    }

    /// Who holds a lease.
    async fn holder<P: Platform>(&self, platform: &P, key: &str) -> Result<Option<String>, Error> {
        let Some(text) = platform.load(key).await? else { return Ok(None) };
        let json = Value::parse(text.expose_secret());
        Ok(json.and_then(|json| {
            let age_ms = platform.now_ms().saturating_sub(json.integer("at")?);
            (0..LEASE_MS).contains(&age_ms).then(|| json.string("by")).flatten()
        }))
    }
}
