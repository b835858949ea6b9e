//! The state as it is kept.

use crate::core::directory::Pools;
use crate::core::iam::AccessKeys;
use crate::core::identity_pools::IdentityPools;
use crate::core::service::{Shared, World};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpResponse;
use crate::core::world::rows::{Change, Changes, Keeper, Rows};
use crate::core::world::tokens::KeptKeys;

pub(super) const KEYS: &str = "keys";
pub(super) const CLOCK: &str = "clock";

/// What keeps the state, and the state that it keeps by now.
pub(super) struct Kept {
    pub(super) keeper: Box<dyn Keeper>,
    pub(super) now: Snapshot,
}

/// What is kept. A copy costs nothing.
#[derive(Default)]
pub(super) struct Snapshot {
    pub(super) pools: Pools,
    pub(super) identity_pools: IdentityPools,
    pub(super) access_keys: AccessKeys,
    keys: Option<KeptKeys>,
    offset_ms: Option<i64>,
}

impl Snapshot {
    pub(super) fn of(shared: &Shared, world: &World) -> Self {
        Self {
            pools: shared.pools.clone(),
            identity_pools: shared.identity_pools.clone(),
            access_keys: shared.access_keys.clone(),
            keys: Some(world.keys.kept()),
            offset_ms: Some(world.clock.offset_ms()),
        }
    }

    pub(super) fn changes_since(&self, before: &Self) -> Vec<Change> {
        let mut changes = Changes::default();
        Pools::changes(&before.pools, &self.pools, &mut changes);
        IdentityPools::changes(&before.identity_pools, &self.identity_pools, &mut changes);
        AccessKeys::changes(&before.access_keys, &self.access_keys, &mut changes);
        changes.row(&[KEYS], before.keys.as_ref(), self.keys.as_ref());
        changes.row(&[CLOCK], before.offset_ms.as_ref(), self.offset_ms.as_ref());
        changes.into_list()
    }
}

/// All rows of a state.
pub(super) fn whole(snapshot: &Snapshot) -> Rows {
    let rows = snapshot.changes_since(&Snapshot::default()).into_iter();
    rows.filter_map(|(key, value)| Some((key, value?))).collect()
}

/// The reply to a request whose effects could not be kept.
pub(super) fn not_kept(text: String) -> HttpResponse {
    ServiceError::new("InternalErrorException", text).with_status(500).response()
}
