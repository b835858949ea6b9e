//! The user pools of the configuration: read in the words of AWS, and built with their users.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

use super::user::SeedUser;
use crate::core::directory::providers::ProviderSettings;
use crate::core::directory::{
    AppClient, Attribute, ClientSettings, Domain, Group, GroupSettings, MfaFactor, PoolSettings, ResourceServer, Totp,
    User, UserPool, Writer,
};
use crate::core::services::idp::add_identity_provider;
use crate::core::srp::Verifier;
use crate::core::totp::TotpSecret;
use crate::core::wire::error::{ServiceError, invalid};
use crate::core::wire::shapes;
use crate::core::world::random::{Random, is_uuid, stable_uuid};
use crate::core::world::settings::{ConfigError, list, located, read_all, string};

/// One user pool to start with.
pub(crate) struct PoolConfig {
    pub(crate) id: String,
    pub(super) settings: PoolSettings,
    /// By client id.
    pub(super) clients: Vec<(String, ClientSettings)>,
    pub(super) groups: Vec<GroupSettings>,
    pub(super) providers: Vec<ProviderSettings>,
    pub(super) resource_servers: Vec<ResourceServer>,
    pub(super) domain: Option<String>,
    tracks_sessions: bool,
    pub(crate) users: Vec<SeedUser>,
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
        pool.session_tracking.enabled = self.tracks_sessions;
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
            if let Some(password) = seed.password.as_ref().filter(|_| passwords) {
                user.verifier = Some(Verifier::new(pool.name(), &user.username, password, random.bytes()));
            }
            let name = &seed.username;
            pool.add_user(user).map_err(|error| invalid(format!("user {name}: {}", error.message)))?;
        }
        Ok(pool)
    }

    fn user(&self, pool: &UserPool, seed: &SeedUser, now_ms: u64) -> Result<User, ServiceError> {
        seed.password.iter().try_for_each(|password| pool.settings.password_policy().check(password))?;
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
        let seed_password = seed.password.clone();
        let user = User::new(username, sub, seed.user_status, now_ms);
        Ok(User {
            attributes,
            enabled: seed.enabled,
            groups: seed.groups.clone(),
            seed_password,
            totp: totp.unwrap_or_default(),
            mfa: seed.mfa(&pool.settings)?,
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

pub(super) fn read_pool(mut pool: Map<String, Value>, region: &str) -> Result<PoolConfig, ConfigError> {
    let id = string(&mut pool, "Id", "a UserPool")?;
    if id.split_once('_').is_none_or(|(own, name)| own != region || name.is_empty()) {
        return Err(ConfigError(format!("user pool {id}: the Id must be {region}_ followed by letters and digits")));
    }
    let place = format!("user pool {id}");
    let clients = list(&mut pool, "Client", &place)?;
    let groups = list(&mut pool, "Group", &place)?;
    let providers = list(&mut pool, "IdentityProvider", &place)?;
    let users = list(&mut pool, "User", &place)?;
    let resource_servers = list(&mut pool, "ResourceServer", &place)?;
    let domain = pool.remove("Domain").map(|domain| read_domain(domain, &id)).transpose()?;
    let mfa = take_mfa(&mut pool, &id);
    let tracking = pool.remove("UserSessionTracking");
    let settings: PoolSettings =
        shapes::USER_POOLS.read("CreateUserPoolRequest", Value::Object(pool)).map_err(|e| located(&place, &e))?;
    let mut settings = settings.checked().map_err(|error| located(&place, &error))?;
    let mfa = shapes::USER_POOLS
        .read_rest("SetUserPoolMfaConfigRequest", mfa, &["UserPoolId"])
        .map_err(|error| located(&place, &error))?;
    settings.set_mfa(mfa).map_err(|error| located(&place, &error))?;
    let clients = clients.into_iter().map(|client| read_client(client, &id)).collect::<Result<_, _>>()?;
    let providers = providers.into_iter().map(|provider| read_provider(provider, &id)).collect::<Result<_, _>>()?;
    let tracks_sessions = tracks_sessions(tracking, &settings).map_err(|error| located(&place, &error))?;
    Ok(PoolConfig {
        settings,
        tracks_sessions,
        clients,
        providers,
        resource_servers: resource_servers
            .into_iter()
            .map(|server| read_resource_server(server, &id))
            .collect::<Result<_, _>>()?,
        domain,
        groups: read_all(groups, &format!("{place}, Group"))?,
        users: read_all(users, &format!("{place}, User"))?,
        id,
    })
}

/// The members of a pool that are not `CreateUserPool`'s but `SetUserPoolMfaConfig`'s.
fn take_mfa(pool: &mut Map<String, Value>, id: &str) -> Value {
    let mut config = Map::from_iter([("UserPoolId".to_owned(), json!(id))]);
    for name in [
        "MfaConfiguration",
        "SoftwareTokenMfaConfiguration",
        "SmsMfaConfiguration",
        "EmailMfaConfiguration",
        "WebAuthnConfiguration",
    ] {
        config.extend(pool.remove_entry(name));
    }
    config.into()
}

/// The word of `SetUserPoolSessionConfiguration`.
///
/// # Errors
/// `InvalidParameterException` for any other, `FeatureUnavailableInTierException`.
fn tracks_sessions(word: Option<Value>, settings: &PoolSettings) -> Result<bool, ServiceError> {
    match word.as_ref().map(Value::as_str) {
        None | Some(Some("DISABLED")) => Ok(false),
        Some(Some("ENABLED")) => settings.check_session_tracking().map(|()| true),
        Some(_) => Err(invalid("UserSessionTracking must be ENABLED or DISABLED")),
    }
}

fn read_client(mut client: Map<String, Value>, pool_id: &str) -> Result<(String, ClientSettings), ConfigError> {
    let id = string(&mut client, "ClientId", "a Client")?;
    client.insert("UserPoolId".into(), json!(pool_id));
    let place = format!("client {id}");
    let settings: ClientSettings = shapes::USER_POOLS
        .read("CreateUserPoolClientRequest", Value::Object(client))
        .map_err(|error| located(&place, &error))?;
    if settings.generate_secret {
        return Err(ConfigError(format!("{place}: GenerateSecret makes no sense here: write a ClientSecret")));
    }
    let settings = settings.checked().map_err(|error| located(&place, &error))?;
    Ok((id, settings))
}

fn read_provider(mut provider: Map<String, Value>, pool_id: &str) -> Result<ProviderSettings, ConfigError> {
    let place = format!(
        "identity provider {}",
        provider.get("ProviderName").and_then(Value::as_str).unwrap_or("without ProviderName")
    );
    provider.insert("UserPoolId".into(), json!(pool_id));
    shapes::USER_POOLS
        .read("CreateIdentityProviderRequest", Value::Object(provider))
        .map_err(|error| located(&place, &error))
}

fn read_resource_server(mut server: Map<String, Value>, pool_id: &str) -> Result<ResourceServer, ConfigError> {
    server.insert("UserPoolId".into(), json!(pool_id));
    let place = format!("user pool {pool_id}, ResourceServer");
    shapes::USER_POOLS
        .read("CreateResourceServerRequest", Value::Object(server))
        .map_err(|error| located(&place, &error))
}

/// `[UserPool.Domain]`: the prefix, for completeness.
fn read_domain(mut domain: Value, pool_id: &str) -> Result<String, ConfigError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Domain {
        domain: String,
    }
    let place = format!("user pool {pool_id}, Domain");
    match &mut domain {
        Value::Object(members) => drop(members.insert("UserPoolId".into(), json!(pool_id))),
        _ => return Err(ConfigError(format!("{place} must be written as [UserPool.Domain]"))),
    }
    let read: Result<Domain, _> = shapes::USER_POOLS.read_rest("CreateUserPoolDomainRequest", domain, &["UserPoolId"]);
    read.map(|read| read.domain).map_err(|error| located(&place, &error))
}
