//! From the configuration to pools with users in them.

use std::sync::Arc;

use super::user::SeedUser;
use super::{Config, PoolConfig};
use crate::core::directory::{
    AppClient, Attribute, Domain, Group, MfaFactor, MfaPreferences, PoolSettings, Pools, Totp, User, UserPool, Writer,
};
use crate::core::identity_pools::IdentityPools;
use crate::core::service::{Service, Shared};
use crate::core::services::api::Apis;
use crate::core::services::appsync::AppSync;
use crate::core::services::dynamodb::DynamoDb;
use crate::core::services::hosted::HostedUi;
use crate::core::services::identity::IdentityPoolsApi;
use crate::core::services::idp::{UserPoolsApi, add_identity_provider};
use crate::core::services::oauth::OAuthEndpoints;
use crate::core::services::s3::S3;
use crate::core::services::stand_ins::StandInProviders;
use crate::core::services::sts::Sts;
use crate::core::services::well_known::WellKnown;
use crate::core::srp::Verifier;
use crate::core::totp::TotpSecret;
use crate::core::wire::error::{ServiceError, invalid};
use crate::core::world::random::{Random, is_uuid, stable_uuid};

impl Config {
    /// What services share, as it is at the start.
    pub(crate) fn shared(&self, now_ms: u64, random: &mut Random) -> Shared {
        let mut pools = Pools::new(self.issuer.base());
        for pool in &self.pools {
            // Every configuration was built once when it was read.
            pools.add(pool.build(now_ms, random, true).unwrap_or_else(|error| unreachable!("{}", error.message)));
        }
        let mut identity_pools = IdentityPools::default();
        for pool in &self.identity_pools {
            // As above.
            identity_pools.add(pool.build(&self.open_id_providers).unwrap_or_else(|error| unreachable!("{error}")));
        }
        Shared {
            pools,
            identity_pools,
            roles: self.roles.clone(),
            open_id_providers: self.open_id_providers.iter().cloned().collect(),
            ..Shared::default()
        }
    }

    /// All services, as they are at the start. The first that takes a request answers it.
    pub(crate) fn services(&self, now_ms: u64) -> Vec<Box<dyn Service>> {
        let mut services: Vec<Box<dyn Service>> = vec![
            Box::new(S3::new(&self.region, self.buckets.clone())),
            Box::new(StandInProviders),
            Box::new(Apis::new(self.apis.clone())),
            Box::new(HostedUi::default()),
            Box::new(OAuthEndpoints),
            Box::new(WellKnown),
            Box::new(Sts),
            Box::new(IdentityPoolsApi),
            Box::new(DynamoDb::new(&self.region, self.tables.clone())),
            Box::new(UserPoolsApi),
        ];
        services.extend(
            self.appsync.clone().map(|settings| -> Box<dyn Service> { Box::new(AppSync::new(settings, now_ms)) }),
        );
        services
    }
}

impl PoolConfig {
    /// The pool as it is at the start; without passwords it is good only for finding mistakes.
    pub(super) fn build(&self, now_ms: u64, random: &mut Random, passwords: bool) -> Result<UserPool, ServiceError> {
        let mut pool = UserPool::new(self.id.clone(), self.settings.clone(), now_ms);
        self.groups.iter().for_each(|group| pool.groups.put(Group::new(group.clone(), now_ms)));
        for settings in &self.providers {
            add_identity_provider(&mut pool, settings.clone(), now_ms)
                .map_err(|error| invalid(format!("identity provider {}: {}", settings.provider_name, error.message)))?;
        }
        let domain = self.domain.clone().map(|prefix| Domain::new(prefix, 1, None, now_ms));
        pool.domain = domain.transpose()?;
        for server in &self.resource_servers {
            pool.add_resource_server(server.clone())?;
        }
        for (id, settings) in &self.clients {
            let client = AppClient::new(id.clone(), settings.clone(), now_ms);
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
        let mut mfa = MfaPreferences::default();
        if totp.is_some() {
            mfa.enable(MfaFactor::SoftwareToken);
        }
        let seed_password = Some(seed.password.clone());
        let user = User::new(username, sub, seed.user_status, now_ms);
        Ok(User {
            attributes,
            enabled: seed.enabled,
            groups: seed.groups.clone(),
            seed_password,
            totp: totp.unwrap_or_default(),
            mfa,
            note: seed.note.clone(),
            ..user
        })
    }
}

fn totp(settings: &PoolSettings, secret: &str) -> Result<Totp, ServiceError> {
    if !settings.offers_mfa(MfaFactor::SoftwareToken) {
        return Err(invalid("TotpSecret needs a pool with MfaConfiguration and SoftwareTokenMfaConfiguration"));
    }
    let secret = TotpSecret::from_base32(secret);
    secret.map(Totp::configured).ok_or_else(|| invalid("TotpSecret must be base32, 16 letters or more"))
}
