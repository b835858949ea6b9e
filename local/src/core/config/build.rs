//! From the configuration to pools with users in them.

use std::sync::Arc;

use super::user::SeedUser;
use super::{Config, PoolConfig};
use crate::core::directory::{AppClient, Attribute, Domain, PoolSettings, Pools, Totp, User, UserPool, Writer};
use crate::core::services::appsync::Notes;
use crate::core::services::dynamodb::Tables;
use crate::core::services::identity::IdentityPools;
use crate::core::services::idp::add_identity_provider;
use crate::core::services::s3::Buckets;
use crate::core::srp::Verifier;
use crate::core::totp::TotpSecret;
use crate::core::wire::error::{ServiceError, invalid};
use crate::core::world::random::{Random, is_uuid, stable_uuid};

impl Config {
    /// All pools, as they are at the start.
    pub(crate) fn build(&self, now_ms: u64, random: &mut Random) -> Pools {
        let mut pools = Pools::new(self.issuer.base());
        for pool in &self.pools {
            // Every configuration was built once when it was read.
            pools.add(pool.build(now_ms, random, true).unwrap_or_else(|error| unreachable!("{}", error.message)));
        }
        pools
    }

    /// All buckets of S3, as they are at the start.
    pub(crate) fn build_buckets(&self) -> Buckets {
        self.buckets.iter().map(|bucket| (bucket.name.clone(), bucket.clone())).collect()
    }

    /// All tables of DynamoDB, as they are at the start.
    pub(crate) fn build_tables(&self) -> Tables {
        Tables::new(&self.region, self.tables.iter().cloned())
    }

    /// All identity pools, as they are at the start.
    pub(crate) fn build_identity_pools(&self) -> IdentityPools {
        let mut pools = IdentityPools::default();
        for pool in &self.identity_pools {
            // As above.
            pools.add(pool.build(&self.open_id_providers).unwrap_or_else(|error| unreachable!("{error}")));
        }
        pools
    }

    /// The notes of the AppSync API, as they are at the start.
    pub(crate) fn build_notes(&self, now_ms: u64) -> Notes {
        self.appsync.as_ref().map(|settings| settings.build_notes(now_ms)).unwrap_or_default()
    }
}

impl PoolConfig {
    /// The pool as it is at the start; without passwords it is good only for finding mistakes.
    pub(super) fn build(&self, now_ms: u64, random: &mut Random, passwords: bool) -> Result<UserPool, ServiceError> {
        let mut pool = UserPool::new(self.id.clone(), self.settings.clone(), now_ms);
        pool.groups.clone_from(&self.groups);
        for settings in &self.providers {
            add_identity_provider(&mut pool, settings.clone(), now_ms)
                .map_err(|error| invalid(format!("identity provider {}: {}", settings.provider_name, error.message)))?;
        }
        let domain = |prefix: &String| Domain { prefix: prefix.clone(), managed_login_version: 1, created_ms: now_ms };
        pool.domain = self.domain.as_ref().map(domain);
        for server in &self.resource_servers {
            pool.add_resource_server(server.clone())?;
        }
        for (id, settings) in &self.clients {
            let client = AppClient { id: id.clone(), settings: settings.clone(), created_ms: now_ms };
            pool.check_client(settings).map_err(|error| invalid(format!("client {id}: {}", error.message)))?;
            if pool.client(id).is_some() {
                return Err(invalid(format!("client {id} is there twice")));
            }
            pool.clients.push(Arc::new(client));
        }
        for seed in &self.users {
            let mut user = self
                .user(&pool, seed, now_ms)
                .map_err(|e| invalid(format!("user {}: {}", seed.username, e.message)))?;
            if passwords {
                user.verifier = Some(Verifier::new(pool.name(), &user.username, &seed.password, random.bytes()));
            }
            let name = &seed.username;
            pool.add_user(user).map_err(|error| invalid(format!("user {name}: {}", error.message)))?;
        }
        Ok(pool)
    }

    fn user(&self, pool: &UserPool, seed: &SeedUser, now_ms: u64) -> Result<User, ServiceError> {
        pool.settings.password_policy().check(&seed.password)?;
        let named_by = pool.settings.username_attribute(&seed.username)?;
        if let Some(group) = seed.groups.iter().find(|name| !self.groups.iter().any(|group| &group.group_name == *name))
        {
            return Err(invalid(format!("there is no group {group}")));
        }
        let sub = seed.sub.clone().unwrap_or_else(|| stable_uuid(&[&self.id, &seed.username]));
        if !is_uuid(&sub) {
            return Err(invalid("Sub must be a UUID"));
        }
        let given = seed.attributes.iter().map(|(name, value)| Attribute { name: name.clone(), value: value.clone() });
        let mut attributes = pool.settings.checked_attributes(Writer::Admin, given.collect())?;
        if let Some(attribute) = named_by {
            attributes.entry(attribute.into()).or_insert_with(|| seed.username.clone());
        }
        for alias in &pool.settings.alias_attributes {
            let holder = attributes.get(alias).and_then(|value| pool.alias_holder(alias, value, &seed.username));
            if let Some(holder) = holder {
                return Err(invalid(format!("{holder} has the same {alias}")));
            }
        }
        let totp = seed.totp_secret.as_deref().map(|secret| totp(&pool.settings, secret)).transpose()?;
        let username = if named_by.is_some() { sub.clone() } else { seed.username.clone() };
        let seed_password = Some(seed.password.clone());
        let user = User::new(username, sub, seed.user_status, now_ms);
        Ok(User {
            attributes,
            enabled: seed.enabled,
            groups: seed.groups.clone(),
            seed_password,
            totp: totp.unwrap_or_default(),
            note: seed.note.clone(),
            ..user
        })
    }
}

fn totp(settings: &PoolSettings, secret: &str) -> Result<Totp, ServiceError> {
    if !settings.offers_totp() {
        return Err(invalid("TotpSecret needs a pool with MfaConfiguration and SoftwareTokenMfaConfiguration"));
    }
    let secret = TotpSecret::from_base32(secret);
    secret.map(Totp::configured).ok_or_else(|| invalid("TotpSecret must be base32, 16 letters or more"))
}
