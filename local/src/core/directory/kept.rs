//! User pools in rows: one row for all that is small, and one for each user, group, grant and so on.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::branding::Branding;
use super::grants::{Grants, RefreshToken};
use super::limits::Limits;
use super::log_delivery::LogConfiguration;
use super::metadata_policy::MetadataPolicies;
use super::providers::IdentityProvider;
use super::risk::RiskConfigurations;
use super::terms::TermsDocuments;
use super::user_sessions::{SessionTracking, SsoSessions};
use super::users::Users;
use super::{AppClient, Domain, PoolSettings, Pools, ResourceServer, UserPool};
use crate::core::world::rows::{Changes, Row, Rows};

const LIMITS: &str = "limits";
const POOL: &str = "userPool";
const USER: &str = "user";
const GROUP: &str = "group";
const SESSION: &str = "session";
const GRANT: &str = "grant";
const REFRESH_TOKEN: &str = "refreshToken";
/// A grant whose user is gone. Rows are read in the order of their names: after the grants.
const ORPHAN: &str = "grantOfNobody";
const IMPORT: &str = "importJob";
const CODE: &str = "authorizationCode";
const SSO_SESSION: &str = "ssoSession";
const LOCKOUT: &str = "lockout";
const MFA_LOCKOUT: &str = "mfaLockout";
const RECOVERY: &str = "recovery";

/// What a pool has in its own row. New members need `#[serde(default)]`, so that older files can be read.
#[derive(Deserialize, Serialize)]
struct Small {
    settings: Arc<PoolSettings>,
    clients: Vec<Arc<AppClient>>,
    providers: Vec<IdentityProvider>,
    resource_servers: Vec<ResourceServer>,
    domain: Option<Domain>,
    custom_domain: Option<Domain>,
    session_tracking: SessionTracking,
    branding: Branding,
    terms: TermsDocuments,
    risks: RiskConfigurations,
    logs: Vec<LogConfiguration>,
    metadata_policies: MetadataPolicies,
    created_ms: u64,
    modified_ms: u64,
}

impl UserPool {
    fn small(&self) -> Small {
        // No `..`: the compiler asks where a new member is kept.
        let Self {
            // The configuration has the issuer; the others are keys, or have tables of their own.
            issuer_base: _,
            id: _,
            groups: _,
            users: _,
            sessions: _,
            grants: _,
            codes: _,
            imports: _,
            sso_sessions: _,
            lockouts: _,
            mfa_lockouts: _,
            recoveries: _,
            settings,
            clients,
            providers,
            resource_servers,
            domain,
            custom_domain,
            session_tracking,
            branding,
            terms,
            risks,
            logs,
            metadata_policies,
            created_ms,
            modified_ms,
        } = self.clone();
        Small {
            settings,
            clients,
            providers,
            resource_servers,
            domain,
            custom_domain,
            session_tracking,
            branding,
            terms,
            risks,
            logs,
            metadata_policies,
            created_ms,
            modified_ms,
        }
    }

    fn from_small(id: &str, small: Small) -> Self {
        let Small {
            settings,
            clients,
            providers,
            resource_servers,
            domain,
            custom_domain,
            session_tracking,
            branding,
            terms,
            risks,
            logs,
            metadata_policies,
            created_ms,
            modified_ms,
        } = small;
        Self {
            clients,
            providers,
            resource_servers,
            domain,
            custom_domain,
            session_tracking,
            branding,
            terms,
            risks,
            logs,
            metadata_policies,
            modified_ms,
            ..Self::new(id.to_owned(), Arc::unwrap_or_clone(settings), created_ms)
        }
    }

    fn changes(before: Option<&Self>, now: Option<&Self>, changes: &mut Changes) {
        let Some(id) = before.or(now).map(|pool| pool.id.as_str()) else { return };
        changes.row(&[POOL, id], before.map(Self::small).as_ref(), now.map(Self::small).as_ref());
        macro_rules! table {
            ($name:ident, $type:ty, $path:expr) => {
                <$type>::changes(before.map(|pool| &pool.$name), now.map(|pool| &pool.$name), $path, changes)
            };
        }
        table!(users, Users, &[USER, id]);
        table!(groups, super::group::Groups, &[GROUP, id]);
        table!(sessions, super::sessions::Sessions, &[SESSION, id]);
        table!(codes, super::authorization_codes::AuthorizationCodes, &[CODE, id]);
        table!(imports, super::imports::Imports, &[IMPORT, id]);
        table!(sso_sessions, SsoSessions, &[SSO_SESSION, id]);
        let grants = (before.map(|pool| &pool.grants), now.map(|pool| &pool.grants));
        Grants::changes(grants, [&[GRANT, id], &[REFRESH_TOKEN, id], &[ORPHAN, id]], changes);
        changes.table(&[LOCKOUT, id], before.map(|pool| &pool.lockouts), now.map(|pool| &pool.lockouts));
        changes.table(&[MFA_LOCKOUT, id], before.map(|pool| &pool.mfa_lockouts), now.map(|pool| &pool.mfa_lockouts));
        changes.table(&[RECOVERY, id], before.map(|pool| &pool.recoveries), now.map(|pool| &pool.recoveries));
    }

    /// Puts a row back that is in a table of the pool. Whether there is such a table.
    fn restore(&mut self, table: &str, key: &str, value: &str) -> Result<bool, serde_json::Error> {
        let owned = key.to_owned();
        match table {
            USER => self.users.insert(&self.settings, read(value)?),
            GROUP => self.groups.put(read(value)?),
            SESSION => self.sessions.restore(key, value)?,
            GRANT => self.grants.add(read(value)?, None),
            REFRESH_TOKEN => self.grants.restore_token(owned, read::<RefreshToken>(value)?),
            ORPHAN => self.grants.restore_orphan(owned),
            IMPORT => self.imports.add(read(value)?),
            CODE => self.codes.restore(key, value)?,
            SSO_SESSION => self.sso_sessions.restore(key, value)?,
            LOCKOUT => drop(self.lockouts.insert(owned, Row::new(read(value)?))),
            MFA_LOCKOUT => drop(self.mfa_lockouts.insert(owned, Row::new(read(value)?))),
            RECOVERY => drop(self.recoveries.insert(owned, Row::new(read(value)?))),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

impl Pools {
    /// What has changed. A copy of all pools from before costs nothing.
    pub(crate) fn changes(before: &Self, now: &Self, changes: &mut Changes) {
        let Self { issuer_base: _, by_id, limits } = now;
        changes.row::<Limits>(&[LIMITS], Some(&before.limits), Some(limits));
        for item in before.by_id.diff(by_id) {
            use imbl::ordmap::DiffItem::{Add, Remove, Update};
            match item {
                Add(_, pool) => UserPool::changes(None, Some(pool), changes),
                Update { old: (_, old), new: (_, new) } => UserPool::changes(Some(old), Some(new), changes),
                Remove(_, pool) => UserPool::changes(Some(pool), None, changes),
            }
        }
    }

    /// Pools from their rows. Rows of others are left alone.
    ///
    /// # Errors
    /// A text that names a row that is not understood.
    pub(crate) fn restored(rows: &Rows, issuer_base: Option<&str>) -> Result<Self, String> {
        let mut pools = Self::new(issuer_base);
        let named = |key: &str, error: serde_json::Error| format!("{}: {error}", key.replace('\n', " "));
        if let Some(text) = rows.get(LIMITS) {
            pools.limits = read(text).map_err(|error| named(LIMITS, error))?;
        }
        // The pools first, then what is in them.
        for (key, value) in rows {
            if let Some((POOL, id)) = key.split_once('\n') {
                pools.add(UserPool::from_small(id, read(value).map_err(|error| named(key, error))?));
            }
        }
        for (key, value) in rows {
            let parts: Vec<&str> = key.splitn(3, '\n').collect();
            let [table, pool_id, key_there] = parts[..] else { continue };
            let Ok(pool) = pools.get(pool_id) else { continue };
            pool.restore(table, key_there, value).map_err(|error| named(key, error))?;
        }
        Ok(pools)
    }
}

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(text)
}
