//! User pools.

use imbl::OrdMap;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

use super::authorization_codes::AuthorizationCodes;
use super::branding::Branding;
use super::grants::Grants;
use super::group::{Group, Groups, preferred_role};
use super::imports::Imports;
use super::lockout::Lockout;
use super::log_delivery::LogConfiguration;
use super::metadata_policy::MetadataPolicies;
use super::providers::IdentityProvider;
use super::recovery::Recovery;
use super::risk::RiskConfigurations;
use super::sessions::Sessions;
use super::terms::TermsDocuments;
use super::user_sessions::{SessionTracking, SsoSessions};
use super::users::Users;
use super::{AppClient, Domain, PoolSettings, ResourceServer, User};
use crate::core::wire::error::ServiceError;
use crate::core::world::random::stable_uuid;
use crate::core::world::rows::Row;

/// A user pool and everything in it. A copy costs nothing until it is changed.
#[derive(Clone)]
pub(crate) struct UserPool {
    pub(crate) id: String,
    /// What stands before the id in the issuer, where it is not AWS's.
    pub(crate) issuer_base: Option<Arc<str>>,
    pub(crate) settings: Arc<PoolSettings>,
    /// In the order in which they were made.
    pub(crate) clients: Vec<Arc<AppClient>>,
    pub(crate) groups: Groups,
    pub(crate) providers: Vec<IdentityProvider>,
    pub(crate) resource_servers: Vec<ResourceServer>,
    /// A prefix.
    pub(crate) domain: Option<Domain>,
    pub(crate) custom_domain: Option<Domain>,
    pub(super) users: Users,
    pub(crate) sessions: Sessions,
    pub(crate) grants: Grants,
    pub(crate) codes: AuthorizationCodes,
    pub(crate) imports: Imports,
    pub(crate) session_tracking: SessionTracking,
    pub(super) sso_sessions: SsoSessions,
    pub(super) lockouts: OrdMap<String, Row<Lockout>>,
    pub(super) mfa_lockouts: OrdMap<String, Row<Lockout>>,
    pub(super) recoveries: OrdMap<String, Row<Recovery>>,
    pub(crate) branding: Branding,
    pub(crate) terms: TermsDocuments,
    pub(crate) risks: RiskConfigurations,
    pub(crate) logs: Vec<LogConfiguration>,
    pub(crate) metadata_policies: MetadataPolicies,
    pub(crate) created_ms: u64,
    /// When the settings were changed last.
    pub(crate) modified_ms: u64,
}

impl UserPool {
    pub(crate) fn new(id: String, settings: PoolSettings, now_ms: u64) -> Self {
        Self {
            id,
            issuer_base: None,
            settings: settings.into(),
            clients: Vec::new(),
            groups: Groups::default(),
            providers: Vec::new(),
            resource_servers: Vec::new(),
            domain: None,
            custom_domain: None,
            users: Users::default(),
            sessions: Sessions::default(),
            grants: Grants::default(),
            codes: AuthorizationCodes::default(),
            imports: Imports::default(),
            session_tracking: SessionTracking::default(),
            sso_sessions: SsoSessions::default(),
            lockouts: OrdMap::new(),
            mfa_lockouts: OrdMap::new(),
            recoveries: OrdMap::new(),
            branding: Branding::default(),
            terms: TermsDocuments::default(),
            risks: RiskConfigurations::default(),
            logs: Vec::new(),
            metadata_policies: MetadataPolicies::default(),
            created_ms: now_ms,
            modified_ms: now_ms,
        }
    }

    /// The part of the id after `_`, which SRP is computed over.
    pub(crate) fn name(&self) -> &str {
        self.id.split_once('_').map_or("", |(_, name)| name)
    }

    pub(crate) fn region(&self) -> &str {
        self.id.split_once('_').map_or("", |(region, _)| region)
    }

    /// `iss` of all tokens: that of AWS, so that verifiers and identity pools work unchanged, unless the configuration has another.
    pub(crate) fn issuer(&self) -> String {
        match &self.issuer_base {
            Some(base) => format!("{base}/{}", self.id),
            None => self.aws_issuer(),
        }
    }

    /// The issuer that AWS would give the pool.
    pub(crate) fn aws_issuer(&self) -> String {
        let region = self.region();
        let suffix = match region.split('-').next() {
            Some("cn") => "amazonaws.com.cn",
            Some("eusc") => "amazonaws.eu",
            _ => "amazonaws.com",
        };
        format!("https://cognito-idp.{region}.{suffix}/{}", self.id)
    }

    pub(crate) fn client(&self, client_id: &str) -> Option<&Arc<AppClient>> {
        self.clients.iter().find(|client| client.id == client_id)
    }

    /// Removes a client and the settings that are about it.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn remove_client(&mut self, client_id: &str) -> Result<(), ServiceError> {
        self.check_has_client(client_id)?;
        self.clients.retain(|client| client.id != client_id);
        self.branding.forget(client_id);
        self.terms.forget(client_id);
        self.risks.forget(client_id);
        Ok(())
    }

    pub(crate) fn provider(&self, name: &str) -> Option<&IdentityProvider> {
        self.providers.iter().find(|provider| provider.name() == name)
    }

    pub(crate) fn groups_of<'a>(&'a self, user: &'a User) -> impl Iterator<Item = &'a Group> {
        user.groups.iter().filter_map(|name| self.groups.get(name))
    }

    pub(crate) fn preferred_role(&self, user: &User) -> Option<&str> {
        preferred_role(user.groups.iter().filter_map(|name| self.groups.get(name)))
    }

    /// The password failures of a user name.
    pub(crate) fn lockout(&mut self, username: &str) -> &mut Lockout {
        self.lockouts.entry(self.settings.user_key(username)).or_default().edit()
    }

    /// Forgets the password failures of a user name.
    pub(crate) fn forgive(&mut self, username: &str) {
        let key = self.settings.user_key(username);
        self.lockouts.remove(&key);
    }

    /// The failures of a user name with second factors. A right password does not forgive them.
    pub(crate) fn mfa_lockout(&mut self, username: &str) -> &mut Lockout {
        self.mfa_lockouts.entry(self.settings.user_key(username)).or_default().edit()
    }

    /// Forgets the failures of a user name with second factors.
    pub(crate) fn forgive_mfa(&mut self, username: &str) {
        let key = self.settings.user_key(username);
        self.mfa_lockouts.remove(&key);
    }

    /// The forgotten password of a user name, whether such a user exists or not.
    pub(crate) fn recovery(&mut self, username: &str) -> &mut Recovery {
        self.recoveries.entry(self.settings.user_key(username)).or_default().edit()
    }

    /// Forgets the failures and the forgotten password of a user who is deleted.
    pub(super) fn forget_attempts(&mut self, key: &str) {
        self.lockouts.remove(key);
        self.mfa_lockouts.remove(key);
        self.recoveries.remove(key);
    }

    /// Salt and internal name of a user who does not exist: always the same ones for the same name
    /// (Developer Guide, "Managing user existence error responses").
    pub(crate) fn simulated_user(&self, username: &str) -> ([u8; 16], String) {
        let key = self.settings.user_key(username);
        let digest = Sha256::digest(format!("simulated salt\n{}\n{key}", self.id));
        let mut salt = [0; 16];
        salt.copy_from_slice(&digest[..16]);
        (salt, stable_uuid(&["simulated user", &self.id, &key]))
    }
}
