//! What keeps the state, and the state that it keeps by now.

use crate::core::directory::Pools;
use crate::core::iam::AccessKeys;
use crate::core::identity_pools::IdentityPools;
use crate::core::service::{Shared, World};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpResponse;
use crate::core::world::rows::{Change, Changes, Keeper};
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
    pub(super) keys: Option<KeptKeys>,
    pub(super) offset_ms: Option<i64>,
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

/// The reply to a request whose effects could not be kept.
pub(super) fn not_kept(text: String) -> HttpResponse {
    ServiceError::new("InternalErrorException", text).with_status(500).response()
}
