//! Temporary credentials in rows.

use imbl::ordmap::DiffItem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

use super::access_keys::{AccessKeys, Session, WebIdentity};
use super::policy::Policy;
use super::role::Role;
use crate::core::world::rows::{Changes, Rows};

const CREDENTIALS: &str = "credentials";

/// A session whose role is named. New members need `#[serde(default)]`, so that older files can be read.
#[derive(Deserialize, Serialize)]
struct Kept {
    secret_key: String,
    token: String,
    expires_ms: u64,
    role: String,
    name: String,
    identity: WebIdentity,
    policy: Option<Value>,
}

impl Session {
    fn kept(&self) -> Kept {
        // No `..`: the compiler asks where a new member is kept.
        let Self { access_key_id: _, secret_key, token, expires_ms, role, name, identity, policy } = self;
        Kept {
            secret_key: secret_key.clone(),
            token: token.clone(),
            expires_ms: *expires_ms,
            role: role.arn.clone(),
            name: name.clone(),
            identity: identity.clone(),
            policy: policy.as_ref().map(|policy| policy.document().clone()),
        }
    }
}

impl AccessKeys {
    /// What has changed. A copy of all from before costs nothing.
    pub(crate) fn changes(before: &Self, now: &Self, changes: &mut Changes) {
        for item in before.0.diff(&now.0) {
            let (id, before, now) = match item {
                DiffItem::Add(id, session) => (id, None, Some(session.kept())),
                DiffItem::Update { old: (id, old), new: (_, new) } => (id, Some(old.kept()), Some(new.kept())),
                DiffItem::Remove(id, session) => (id, Some(session.kept()), None),
            };
            changes.row(&[CREDENTIALS, id], before.as_ref(), now.as_ref());
        }
    }

    /// Credentials from their rows. Those of roles that the configuration no longer has are forgotten.
    ///
    /// # Errors
    /// A text that names a row that is not understood.
    pub(crate) fn restored(rows: &Rows, roles: &[Arc<Role>]) -> Result<Self, String> {
        let mut keys = Self::default();
        for (key, value) in rows {
            let Some((CREDENTIALS, id)) = key.split_once('\n') else { continue };
            let kept: Kept = serde_json::from_str(value).map_err(|error| format!("credentials {id}: {error}"))?;
            let Kept { secret_key, token, expires_ms, role, name, identity, policy } = kept;
            let Some(role) = roles.iter().find(|known| known.arn == role).cloned() else { continue };
            let policy = policy.as_ref().map(Policy::read).transpose()?;
            let access_key_id = id.to_owned();
            let session = Session { access_key_id, secret_key, token, expires_ms, role, name, identity, policy };
            keys.0.insert(id.to_owned(), Arc::new(session));
        }
        Ok(keys)
    }
}
