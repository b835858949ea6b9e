//! `/_poolpass/config`: what an app needs to be configured with, and who can sign in.

use serde_json::{Value, json};

use crate::core::directory::{User, UserPool};
use crate::core::emulator::{Emulator, State};
use crate::core::services::appsync::{AppSyncSettings, EVENT, GRAPHQL};
use crate::core::services::dynamodb::Table;
use crate::core::services::identity::IdentityPool;
use crate::core::services::s3::Bucket;
use crate::core::services::well_known::endpoint;
use crate::core::wire::http::HttpRequest;

pub(super) fn show(emulator: &Emulator, state: &State, request: &HttpRequest) -> Value {
    let pools: Vec<Value> = state.pools.iter().map(show_pool).collect();
    let identity_pools: Vec<Value> = state.identity_pools.iter().map(show_identity_pool).collect();
    json!({
        "region": emulator.config.region,
        "endpoint": endpoint(request),
        "userPools": pools,
        "identityPools": identity_pools,
        "appSync": emulator.config.appsync.as_ref().map(|settings| show_appsync(settings, request)),
        "buckets": state.buckets.values().map(Bucket::show).collect::<Vec<_>>(),
        "tables": state.tables.iter().map(Table::show).collect::<Vec<_>>(),
        "apis": emulator.config.apis.iter().map(|api| &api.name).collect::<Vec<_>>(),
    })
}

fn show_appsync(settings: &AppSyncSettings, request: &HttpRequest) -> Value {
    let at = |path: &str| format!("{}{path}", endpoint(request));
    json!({
        "apiId": settings.api_id,
        "graphqlEndpoint": at(GRAPHQL),
        "eventEndpoint": at(EVENT),
        "authenticationTypes": settings.authentication_types,
        "apiKeys": settings.api_keys.iter().map(|key| &key.id).collect::<Vec<_>>(),
        "lambdaToken": settings.lambda_token,
        "channelNamespaces": settings.channel_namespaces.iter().map(|namespace| &namespace.name).collect::<Vec<_>>(),
    })
}

fn show_identity_pool(pool: &IdentityPool) -> Value {
    let settings = &pool.settings;
    json!({
        "identityPoolId": pool.id,
        "name": settings.identity_pool_name,
        "guests": settings.allow_unauthenticated_identities,
        "classicFlow": settings.allow_classic_flow,
        "userPoolClients": settings.cognito_identity_providers.iter().map(|client| {
            json!({ "provider": client.provider_name, "clientId": client.client_id })
        }).collect::<Vec<_>>(),
        "loginProviders": settings.supported_login_providers,
        "openIdProviders": settings.open_id_connect_provider_arns,
        "developerProvider": settings.developer_provider_name,
        "roles": pool.roles.roles,
    })
}

fn show_pool(pool: &UserPool) -> Value {
    let clients = pool.clients.iter().map(|client| {
        let settings = &client.settings;
        json!({
            "clientId": client.id,
            "name": settings.client_name,
            "rotation": client.rotation_grace_ms().is_some(),
            "oauth": client.oauth_enabled(),
            "callbackUrls": settings.callback_urls,
            "logoutUrls": settings.logout_urls,
            "scopes": settings.allowed_oauth_scopes,
            "providers": settings.supported_identity_providers,
        })
    });
    let users = pool.users().map(show_user);
    json!({ "userPoolId": pool.id, "clients": clients.collect::<Vec<_>>(), "users": users.collect::<Vec<_>>() })
}

fn show_user(user: &User) -> Value {
    json!({
        "username": user.username,
        "email": user.attributes.get("email"),
        "status": user.status.name(),
        "enabled": user.enabled,
        "password": user.seed_password,
        "totpSecret": user.totp.configured_secret(),
        "note": user.note,
    })
}
