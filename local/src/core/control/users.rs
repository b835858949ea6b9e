//! `/_poolpass/users`: the users of a pool, in pages.

use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::core::directory::{Place, Pools, User, UserFilter, UserPool};
use crate::core::wire::http::HttpRequest;

const PAGE: usize = 25;

/// Those after a user, or those whose name or e-mail address begins with a text.
pub(super) fn show(pools: &Pools, request: &HttpRequest, now_ms: u64) -> Result<Value, Refusal> {
    let id = request.query("pool").ok_or_else(|| (400, "send a pool".to_owned()))?;
    let pool = pools.find(&id).ok_or_else(|| (404, format!("there is no user pool {id}")))?;
    // A copy costs nothing; searching brings the indexes up to date.
    let mut pool = pool.clone();
    let search = request.query("search").filter(|text| !text.is_empty());
    let after = request.query("after").map(|key| Place { value: String::new(), key });
    let Some(search) = search else {
        let mut found: Vec<(Place, User)> =
            pool.users_after(None, after.as_ref()).take(PAGE + 1).map(|(place, user)| (place, user.clone())).collect();
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        let next = found.last().filter(|_| more).map(|(place, _)| place.key.clone());
        let users: Vec<Value> = found.iter().map(|(_, user)| shown(&pool, user, now_ms)).collect();
        return Ok(json!({ "users": users, "next": next }));
    };
    let quoted = search.replace('\\', "\\\\").replace('"', "\\\"");
    let mut found: Vec<User> = Vec::new();
    for attribute in ["username", "email"] {
        let filter = UserFilter::parse(&format!("{attribute} ^= \"{quoted}\""));
        let filter = filter.map_err(|error| (400, error.message.into_owned()))?;
        let users: Vec<User> =
            pool.users_after(filter.as_ref(), None).take(PAGE).map(|(_, user)| user.clone()).collect();
        found.extend(users);
    }
    found.sort_by(|left, right| left.username.cmp(&right.username));
    found.dedup_by(|left, right| left.username == right.username);
    let users: Vec<Value> = found.iter().map(|user| shown(&pool, user, now_ms)).collect();
    Ok(json!({ "users": users, "next": null }))
}

fn shown(pool: &UserPool, user: &User, now_ms: u64) -> Value {
    json!({
        "username": user.username,
        "email": user.attributes.get("email"),
        "status": user.status.name(),
        "enabled": user.enabled,
        "password": user.seed_password,
        "hasPassword": user.verifier.is_some(),
        "totp": user.totp.current(now_ms).map(|(code, _)| code),
        "groups": user.groups,
        "devices": user.devices.after("").map(|device| device.summary()).collect::<Vec<_>>(),
        "passkeys": user.passkeys.after(0).count(),
        "signIns": pool.grants.active_of(&user.username, now_ms),
        "note": user.note,
    })
}
