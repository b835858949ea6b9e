//! The temporary credentials that were given out.

use imbl::OrdMap;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

use super::context::{AMR, AUDIENCE, Context, SUBJECT};
use super::policy::Policy;
use super::role::Role;
use crate::core::world::random::Random;

/// An expired session is remembered for a day, to be told from one that never was.
const REMEMBERED_MS: u64 = 24 * 3600 * 1000;

/// An identity of an identity pool, as roles are told of it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct WebIdentity {
    pub(crate) identity_id: String,
    pub(crate) pool_id: String,
    /// `unauthenticated`, or `authenticated` and what by.
    pub(crate) methods: Vec<String>,
}

impl WebIdentity {
    /// The condition keys that follow from it.
    pub(crate) fn context(&self) -> Context {
        Context::default().with(AMR, &self.methods).with(AUDIENCE, [&self.pool_id]).with(SUBJECT, [&self.identity_id])
    }
}

/// Temporary credentials, and whom they speak for.
pub(crate) struct Session {
    pub(crate) access_key_id: String,
    pub(crate) secret_key: String,
    pub(crate) token: String,
    pub(crate) expires_ms: u64,
    pub(crate) role: Arc<Role>,
    pub(crate) name: String,
    pub(crate) identity: WebIdentity,
    /// Narrows what the role may do.
    pub(super) policy: Option<Policy>,
}

/// Nothing about a session ever changes.
impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        self.access_key_id == other.access_key_id
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

/// All of them, by access key id.
#[derive(Clone, Default)]
pub(crate) struct AccessKeys(pub(super) OrdMap<String, Arc<Session>>);

impl AccessKeys {
    /// Gives out credentials for a role. Whether the role trusts the identity is the caller's to check.
    pub(crate) fn issue(
        &mut self,
        random: &mut Random,
        (role, name): (Arc<Role>, &str),
        identity: WebIdentity,
        policy: Option<Policy>,
        (now_ms, seconds): (u64, u64),
    ) -> Arc<Session> {
        let is_over = |old: &Session| old.expires_ms.saturating_add(REMEMBERED_MS) <= now_ms;
        let over: Vec<String> =
            self.0.values().filter(|old| is_over(old)).map(|old| old.access_key_id.clone()).collect();
        for id in over {
            self.0.remove(&id);
        }
        let session = Arc::new(Session {
            access_key_id: format!("ASIA{}", random.text(16, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")),
            secret_key: random.base64::<30>(),
            token: format!("IQoJb3JpZ2luX2Vj{}", random.base64::<480>()),
            expires_ms: now_ms.saturating_add(seconds * 1000),
            role,
            name: name.into(),
            identity,
            policy,
        });
        self.0.insert(session.access_key_id.clone(), session.clone());
        session
    }

    pub(crate) fn get(&self, access_key_id: &str) -> Option<&Arc<Session>> {
        self.0.get(access_key_id)
    }
}
