//! All identity pools.

use std::collections::BTreeMap;

use crate::core::identity_pools::IdentityPool;
use crate::core::wire::error::{ServiceError, not_found};

/// The identity pools of one emulator, by id.
#[derive(Clone, Default)]
pub(crate) struct IdentityPools(BTreeMap<String, IdentityPool>);

impl IdentityPools {
    pub(crate) fn add(&mut self, pool: IdentityPool) {
        self.0.insert(pool.id.clone(), pool);
    }

    pub(crate) fn remove(&mut self, pool_id: &str) {
        self.0.remove(pool_id);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &IdentityPool> {
        self.0.values()
    }

    pub(crate) fn find(&self, pool_id: &str) -> Option<&IdentityPool> {
        self.0.get(pool_id)
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn get(&mut self, pool_id: &str) -> Result<&mut IdentityPool, ServiceError> {
        self.0.get_mut(pool_id).ok_or_else(|| pool_not_found(pool_id))
    }

    /// The pool that an identity is in.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn of_identity(&mut self, identity_id: &str) -> Result<&mut IdentityPool, ServiceError> {
        let found = self.0.values_mut().find(|pool| pool.identities.get(identity_id).is_some());
        found.ok_or_else(|| identity_not_found(identity_id))
    }
}

pub(crate) fn identity_not_found(identity_id: &str) -> ServiceError {
    not_found(format!("Identity '{identity_id}' not found."))
}

pub(crate) fn pool_not_found(pool_id: &str) -> ServiceError {
    not_found(format!("IdentityPool '{pool_id}' not found."))
}
