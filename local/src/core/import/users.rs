//! Users. Nobody can see their passwords.

use serde_json::{Map, Value, json};

use super::document::{take, text};
use super::notes::Notes;

const STATES: [&str; 5] = ["CONFIRMED", "EXTERNAL_PROVIDER", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED", "UNCONFIRMED"];

/// One `[[UserPool.User]]` of a pool, of `UserType`.
pub(super) fn user(
    pool: &Map<String, Value>,
    shown: &Map<String, Value>,
    notes: &mut Notes,
) -> Option<Map<String, Value>> {
    let name = text(shown, "Username");
    let state = text(shown, "UserStatus");
    if !STATES.contains(&state) {
        notes.add(format!("user {name} was not taken over: poolpass-local has no status {state}."));
        return None;
    }
    let members = ["Username", "Enabled", "UserStatus"];
    let only_shown = ["Attributes", "UserCreateDate", "UserLastModifiedDate"];
    let mut own = take(shown.clone(), &members, &only_shown, &format!("user {name}"), notes);
    let mut attributes = Map::new();
    for attribute in shown.get("Attributes").and_then(Value::as_array).into_iter().flatten() {
        let Some(key) = attribute.get("Name").and_then(Value::as_str) else { continue };
        let value = attribute.get("Value").cloned().unwrap_or_default();
        match key {
            "sub" => drop(own.insert("Sub".into(), value)),
            "identities" => notes.add(format!(
                "user {name}: identities were not taken over. They come back when the user signs in through the provider."
            )),
            _ => drop(attributes.insert(key.into(), value)),
        }
    }
    // Where people sign in by an address, the user name that AWS shows is the sub.
    let by = pool.get("UsernameAttributes").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let address = by.filter_map(|name| attributes.get(name)).next().cloned();
    if let Some(address) = address {
        own.insert("Username".into(), address);
    }
    own.insert("Attributes".into(), json!(attributes));
    notes.add(
        "Users have no passwords, which AWS shows to nobody. Write a Password into the configuration, call \
         admin-set-user-password, or sign in by \"forgot password\" with a code of the inbox. They are in no groups: write Groups.",
    );
    Some(own)
}
