//! `/_poolpass/overview`: what the page shows at a glance. However many users there are, it is small.

use serde_json::{Value, json};

use super::clock;
use crate::core::directory::UserPool;
use crate::core::house::House;
use crate::core::identity_pools::IdentityPool;
use crate::core::world::inbox::Message;
use crate::core::world::journal::Entry;

const MESSAGES: usize = 20;
const REQUESTS: usize = 30;
const IDENTITIES: usize = 50;
const POOLS: usize = 50;

pub(super) fn show(house: &House<'_>) -> Value {
    let desk = &house.desk;
    let shared = &*desk.shared;
    json!({
        "clock": clock::show(&desk.world.clock),
        "messages": shared.inbox.to(None).take(MESSAGES).collect::<Vec<&Message>>(),
        "userPools": shared.pools.iter().take(POOLS).map(user_pool).collect::<Vec<_>>(),
        "identityPools": shared.identity_pools.iter().take(POOLS).map(identity_pool).collect::<Vec<_>>(),
        "faults": desk.faults.waiting(),
        "requests": {
            "byOperation": desk.journal.most_frequent(),
            "log": desk.journal.log.iter().rev().take(REQUESTS).collect::<Vec<&Entry>>(),
        },
    })
}

fn user_pool(pool: &UserPool) -> Value {
    let clients = pool.clients.iter().map(|client| {
        json!({
            "clientId": client.id,
            "name": client.settings.client_name,
            "public": client.is_public(),
            "rotation": client.rotation_grace_ms().is_some(),
        })
    });
    json!({
        "userPoolId": pool.id,
        "name": pool.settings.pool_name,
        "users": pool.count_users(),
        "signIns": pool.grants.len(),
        "groups": pool.groups.iter().map(|group| group.name()).collect::<Vec<_>>(),
        "clients": clients.collect::<Vec<_>>(),
    })
}

fn identity_pool(pool: &IdentityPool) -> Value {
    let identities = pool.identities.iter().take(IDENTITIES).map(|(id, identity)| {
        let logins = match identity.providers() {
            _ if identity.is_disabled() => "none: merged into another identity and disabled".into(),
            _ if identity.is_guest() => "none: a guest".into(),
            providers if providers.is_empty() => "none left".into(),
            providers => providers.join(", "),
        };
        json!({ "identityId": id, "logins": logins })
    });
    json!({
        "identityPoolId": pool.id,
        "name": pool.settings.identity_pool_name,
        "identities": identities.collect::<Vec<_>>(),
    })
}
