//! All identity pools.

use imbl::OrdMap;

use crate::core::identity_pools::IdentityPool;
use crate::core::wire::error::{ServiceError, not_found};
use crate::core::world::rows::Row;

/// The identity pools of one emulator, by id.
#[derive(Clone, Default)]
pub(crate) struct IdentityPools(pub(super) OrdMap<String, Row<IdentityPool>>);

impl IdentityPools {
    pub(crate) fn add(&mut self, pool: IdentityPool) {
        self.0.insert(pool.id.clone(), Row::new(pool));
    }

    pub(crate) fn remove(&mut self, pool_id: &str) {
        self.0.remove(pool_id);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &IdentityPool> {
        self.0.values().map(|pool| &**pool)
    }

    pub(crate) fn find(&self, pool_id: &str) -> Option<&IdentityPool> {
        self.0.get(pool_id).map(|pool| &**pool)
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn get(&mut self, pool_id: &str) -> Result<&mut IdentityPool, ServiceError> {
        self.0.get_mut(pool_id).map(Row::edit).ok_or_else(|| pool_not_found(pool_id))
    }

    /// The pool that an identity is in.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn of_identity(&mut self, identity_id: &str) -> Result<&mut IdentityPool, ServiceError> {
        let found = self.iter().find(|pool| pool.identities.get(identity_id).is_some());
        let id = found.map(|pool| pool.id.clone()).ok_or_else(|| identity_not_found(identity_id))?;
        self.get(&id)
    }
}

pub(crate) fn identity_not_found(identity_id: &str) -> ServiceError {
    not_found(format!("Identity '{identity_id}' not found."))
}

pub(crate) fn pool_not_found(pool_id: &str) -> ServiceError {
    not_found(format!("IdentityPool '{pool_id}' not found."))
}
