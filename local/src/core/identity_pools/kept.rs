//! Identity pools in rows: one for each pool, and one for each identity.

use imbl::ordmap::DiffItem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::identities::Identities;
use super::principal_tags::PrincipalTags;
use super::{IdentityPool, IdentityPools, Roles, Settings};
use crate::core::world::rows::{Changes, Rows};

const POOL: &str = "identityPool";
const IDENTITY: &str = "identity";

/// What a pool has in its own row. New members need `#[serde(default)]`, so that older files can be read.
#[derive(Deserialize, Serialize)]
struct Small {
    settings: Settings,
    roles: Roles,
    principal_tags: BTreeMap<String, PrincipalTags>,
}

impl IdentityPool {
    fn small(&self) -> Small {
        // Without `..`: whoever adds a member must say here where it is kept.
        let Self { id: _, identities: _, settings, roles, principal_tags } = self;
        Small { settings: settings.clone(), roles: roles.clone(), principal_tags: principal_tags.clone() }
    }

    fn changes(before: Option<&Self>, now: Option<&Self>, changes: &mut Changes) {
        let Some(id) = before.or(now).map(|pool| pool.id.as_str()) else { return };
        changes.row(&[POOL, id], before.map(Self::small).as_ref(), now.map(Self::small).as_ref());
        let (before, now) = (before.map(|pool| &pool.identities), now.map(|pool| &pool.identities));
        Identities::changes(before, now, &[IDENTITY, id], changes);
    }
}

impl IdentityPools {
    /// What has changed. A copy of all pools from before costs nothing.
    pub(crate) fn changes(before: &Self, now: &Self, changes: &mut Changes) {
        for item in before.0.diff(&now.0) {
            match item {
                DiffItem::Add(_, pool) => IdentityPool::changes(None, Some(pool), changes),
                DiffItem::Update { old: (_, old), new: (_, new) } => {
                    IdentityPool::changes(Some(old), Some(new), changes)
                }
                DiffItem::Remove(_, pool) => IdentityPool::changes(Some(pool), None, changes),
            }
        }
    }

    /// Identity pools from their rows. Rows of others are left alone.
    ///
    /// # Errors
    /// A text that names a row that is not understood.
    pub(crate) fn restored(rows: &Rows) -> Result<Self, String> {
        let mut pools = Self::default();
        let named = |key: &str, error: serde_json::Error| format!("{}: {error}", key.replace('\n', " "));
        for (key, value) in rows {
            if let Some((POOL, id)) = key.split_once('\n') {
                let Small { settings, roles, principal_tags } =
                    serde_json::from_str(value).map_err(|error| named(key, error))?;
                pools.add(IdentityPool { roles, principal_tags, ..IdentityPool::new(id.to_owned(), settings) });
            }
        }
        for (key, value) in rows {
            let parts: Vec<&str> = key.splitn(3, '\n').collect();
            let [IDENTITY, pool_id, id] = parts[..] else { continue };
            let Ok(pool) = pools.get(pool_id) else { continue };
            pool.identities.restore(id.to_owned(), serde_json::from_str(value).map_err(|error| named(key, error))?);
        }
        Ok(pools)
    }
}
