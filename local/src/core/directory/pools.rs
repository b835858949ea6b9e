//! All user pools.

use imbl::OrdMap;
use std::sync::Arc;

use super::limits::Limits;
use super::{AppClient, Domain, UserPool};
use crate::core::wire::error::{ServiceError, client_not_found, not_authorized, pool_not_found};
use crate::core::world::rows::Row;

/// The user pools of one emulator, of all regions.
#[derive(Clone, Default)]
pub(crate) struct Pools {
    /// What stands before the pool's id in issuers, where it is not AWS's.
    pub(super) issuer_base: Option<Arc<str>>,
    pub(super) by_id: OrdMap<String, Row<UserPool>>,
    pub(crate) limits: Limits,
}

impl Pools {
    /// Whether any pool calls functions beyond the emulator.
    pub(crate) fn call_out(&self) -> bool {
        self.iter().any(|pool| pool.settings.lambda_config.calls_out())
    }

    pub(crate) fn new(issuer_base: Option<&str>) -> Self {
        Self { issuer_base: issuer_base.map(Arc::from), by_id: OrdMap::new(), limits: Limits::default() }
    }

    /// Gives all pools, those that come included, another issuer.
    pub(crate) fn set_issuer_base(&mut self, issuer_base: Option<&str>) {
        self.issuer_base = issuer_base.map(Arc::from);
        let ids: Vec<String> = self.by_id.keys().cloned().collect();
        for id in ids {
            if let Some(pool) = self.by_id.get_mut(&id) {
                pool.edit().issuer_base.clone_from(&self.issuer_base);
            }
        }
    }

    pub(crate) fn add(&mut self, mut pool: UserPool) {
        pool.issuer_base.clone_from(&self.issuer_base);
        self.by_id.insert(pool.id.clone(), Row::new(pool));
    }

    /// The pool that has a domain: a prefix counts in its region, a custom domain everywhere.
    pub(crate) fn of_domain(&self, region: &str, name: &str) -> Option<&UserPool> {
        let has = |domain: &Option<Domain>| domain.as_ref().is_some_and(|domain| domain.name == name);
        self.iter().find(|pool| pool.region() == region && has(&pool.domain) || has(&pool.custom_domain))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &UserPool> {
        self.by_id.values().map(|pool| &**pool)
    }

    pub(crate) fn find(&self, pool_id: &str) -> Option<&UserPool> {
        self.by_id.get(pool_id).map(|pool| &**pool)
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn get(&mut self, pool_id: &str) -> Result<&mut UserPool, ServiceError> {
        self.by_id.get_mut(pool_id).map(Row::edit).ok_or_else(|| pool_not_found(pool_id))
    }

    /// The pool of an app client, and the client.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn of_client(&mut self, client_id: &str) -> Result<(&mut UserPool, Arc<AppClient>), ServiceError> {
        let found = self.iter().find_map(|pool| Some((pool.id.clone(), pool.client(client_id)?.clone())));
        let (id, client) = found.ok_or_else(|| client_not_found(client_id))?;
        Ok((self.get(&id)?, client))
    }

    /// The pool of a sign-in under way, and its app client.
    ///
    /// # Errors
    /// `NotAuthorizedException` for an unknown `Session`.
    pub(crate) fn of_session(&mut self, session: &str) -> Result<(&mut UserPool, Arc<AppClient>), ServiceError> {
        let found = self.iter().find_map(|pool| {
            let client = pool.client(pool.sessions.client_of(session)?)?.clone();
            Some((pool.id.clone(), client))
        });
        let (id, client) = found.ok_or_else(|| not_authorized("Invalid session for the user."))?;
        Ok((self.get(&id)?, client))
    }

    pub(crate) fn remove(&mut self, pool_id: &str) {
        self.by_id.remove(pool_id);
    }
}
