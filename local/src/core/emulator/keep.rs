//! Keeping the state: after each request, what it changed.

use super::kept::{CLOCK, KEYS, Kept, Snapshot, whole};
use super::{Emulator, State};
use crate::core::directory::Pools;
use crate::core::iam::AccessKeys;
use crate::core::identity_pools::IdentityPools;
use crate::core::service::World;
use crate::core::world::rows::{Keeper, Rows};
use crate::core::world::tokens::KeyRing;

const STARTS: &str = "starts";

impl Emulator {
    /// Has the state kept, and goes on with the state that was kept before, if there is one. The inbox, the request log, ordered faults
    /// and the data of other services are not kept.
    ///
    /// # Errors
    /// A text that says why the state can't be read or written.
    pub fn with_keeper(mut self, mut keeper: impl Keeper + 'static) -> Result<Self, String> {
        let rows = keeper.rows()?;
        if !rows.is_empty() {
            self.restore(&rows)?;
        }
        let starts: u64 = rows.get(STARTS).and_then(|text| text.parse().ok()).unwrap_or_default();
        keeper.write(&[(STARTS.to_owned(), Some((starts + 1).to_string()))])?;
        let world = &self.world;
        let state = self.state.get_mut().map_err(|error| error.to_string())?;
        // A seed must not give again what it gave at an earlier start.
        (0..starts).for_each(|_| state.random = state.random.fork());
        let now = if rows.is_empty() { Snapshot::default() } else { Snapshot::of(&state.shared, world) };
        state.kept = Some(Kept { keeper: Box::new(keeper), now });
        state.keep(world, false)?;
        Ok(self)
    }

    /// All that is kept of the state, as it is now.
    #[must_use]
    pub fn rows(&self) -> Rows {
        whole(&Snapshot::of(&self.state().shared, &self.world))
    }

    fn restore(&mut self, rows: &Rows) -> Result<(), String> {
        if let Some(text) = rows.get(KEYS) {
            self.world.keys =
                KeyRing::restored(serde_json::from_str(text).map_err(|error| format!("{KEYS}: {error}"))?);
        }
        if let Some(offset_ms) = rows.get(CLOCK).and_then(|text| text.parse().ok()) {
            self.world.clock.advance(offset_ms);
        }
        let base = self.config.issuer.base();
        let state = self.state.get_mut().map_err(|error| error.to_string())?;
        state.shared.pools = Pools::restored(rows, base)?;
        state.shared.identity_pools = IdentityPools::restored(rows)?;
        state.shared.access_keys = AccessKeys::restored(rows, &state.shared.roles)?;
        Ok(())
    }
}

impl State {
    /// Keeps what has changed, or everything anew. Where that fails, nothing has changed.
    pub(super) fn keep(&mut self, world: &World, anew: bool) -> Result<(), String> {
        let Some(Kept { keeper, now }) = &mut self.kept else { return Ok(()) };
        let next = Snapshot::of(&self.shared, world);
        let kept = if anew {
            keeper.replace(&whole(&next))
        } else {
            let changes = next.changes_since(now);
            if changes.is_empty() { Ok(()) } else { keeper.write(&changes) }
        };
        match kept {
            Ok(()) => *now = next,
            Err(_) => {
                self.shared.pools = now.pools.clone();
                self.shared.identity_pools = now.identity_pools.clone();
                self.shared.access_keys = now.access_keys.clone();
            }
        }
        kept
    }
}
