//! `/_poolpass/config`: what an app needs to be configured with, and who can sign in.

use serde_json::{Map, Value, json};

use crate::core::directory::{User, UserPool};
use crate::core::house::House;

/// So many users of a pool are shown; `users` has them all, in pages.
const MOST_USERS: usize = 1000;

/// Everything; each service adds its own part.
pub(super) fn show(house: &House<'_>, base: &str) -> Value {
    let (shared, world) = (&*house.desk.shared, house.desk.world);
    let pools: Vec<Value> = shared.pools.iter().map(show_pool).collect();
    let mut shown = Map::from_iter([
        ("region".to_owned(), json!(world.region)),
        ("endpoint".to_owned(), json!(base)),
        ("userPools".to_owned(), pools.into()),
    ]);
    for service in house.services.iter() {
        shown.extend(service.describe(shared, base).into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    shown.entry("appSync").or_insert(Value::Null);
    shown.into()
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
    let users = pool.users().take(MOST_USERS).map(show_user);
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
