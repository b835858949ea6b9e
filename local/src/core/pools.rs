//! All user pools.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::{ServiceError, client_not_found, not_authorized, pool_not_found};
use super::pool::{AppClient, UserPool};

/// The user pools of one emulator.
pub(crate) struct Pools {
    /// Where new pools are made.
    pub(crate) region: String,
    by_id: BTreeMap<String, UserPool>,
}

impl Pools {
    pub(crate) fn new(region: &str) -> Self {
        Self { region: region.into(), by_id: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, pool: UserPool) {
        self.by_id.insert(pool.id.clone(), pool);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &UserPool> {
        self.by_id.values()
    }

    pub(crate) fn find(&self, pool_id: &str) -> Option<&UserPool> {
        self.by_id.get(pool_id)
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn get(&mut self, pool_id: &str) -> Result<&mut UserPool, ServiceError> {
        self.by_id.get_mut(pool_id).ok_or_else(|| pool_not_found(pool_id))
    }

    /// The pool of an app client, and the client.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn of_client(&mut self, client_id: &str) -> Result<(&mut UserPool, Arc<AppClient>), ServiceError> {
        let found = self.by_id.values_mut().find_map(|pool| {
            let client = pool.client(client_id)?.clone();
            Some((pool, client))
        });
        found.ok_or_else(|| client_not_found(client_id))
    }

    /// The pool of a sign-in under way, and its app client.
    ///
    /// # Errors
    /// `NotAuthorizedException` for an unknown `Session`.
    pub(crate) fn of_session(&mut self, session: &str) -> Result<(&mut UserPool, Arc<AppClient>), ServiceError> {
        let found = self.by_id.values_mut().find_map(|pool| {
            let client = pool.client(pool.sessions.client_of(session)?)?.clone();
            Some((pool, client))
        });
        found.ok_or_else(|| not_authorized("Invalid session for the user."))
    }

    pub(crate) fn remove(&mut self, pool_id: &str) {
        self.by_id.remove(pool_id);
    }
}
