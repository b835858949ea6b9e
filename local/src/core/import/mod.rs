//! From what the AWS CLI prints about pools to a configuration.

mod document;
mod identity_pools;
mod notes;
mod user_pools;
mod users;

use document::Document;
use notes::Notes;
use serde_json::{Map, Value};

use super::config::Config;

/// A configuration, and what it lacks.
pub struct Imported {
    /// The configuration, in TOML.
    pub toml: String,
    /// What could not be taken over, and what to do then: one sentence each.
    pub notes: Vec<String>,
}

/// Reads documents: each has a name, for messages, and a text. They are what these commands print: `aws cognito-idp describe-user-pool`,
/// `describe-user-pool-client`, `get-user-pool-mfa-config`, `list-groups`, `list-users`, `describe-identity-provider`,
/// `describe-resource-server`, and `aws cognito-identity describe-identity-pool`, `get-identity-pool-roles`. What does not name its
/// pool belongs to the user pool that came last.
///
/// # Errors
/// A text that says which document can't be used, and why.
pub fn import(documents: &[(String, String)]) -> Result<Imported, String> {
    let mut notes = Notes::default();
    let mut read = Vec::new();
    for (name, text) in documents {
        read.push(Document::read(text).map_err(|error| format!("{name}: {error}"))?);
    }
    let user_pools = user_pools::collect(&read, &mut notes)?;
    let identity_pools = identity_pools::collect(&read, &mut notes);
    let ids = user_pools.iter().map(|pool| ("Id", '_', pool));
    let ids = ids.chain(identity_pools.iter().map(|pool| ("IdentityPoolId", ':', pool)));
    let mut regions: Vec<&str> =
        ids.filter_map(|(key, separator, pool)| pool.get(key)?.as_str()?.split(separator).next()).collect();
    regions.sort_unstable();
    regions.dedup();
    let region = match regions[..] {
        [region] => region.to_owned(),
        [] => return Err("there is no pool: give what describe-user-pool or describe-identity-pool prints".into()),
        _ => return Err(format!("the pools are of several regions, {}: import each on its own", regions.join(", "))),
    };
    let mut root = Map::from_iter([("Region".to_owned(), Value::from(region))]);
    for (name, pools) in [("UserPool", user_pools), ("IdentityPool", identity_pools)] {
        if !pools.is_empty() {
            root.insert(name.into(), pools.into_iter().map(Value::Object).collect());
        }
    }
    let mut root = Value::Object(root);
    document::drop_nulls(&mut root);
    let toml = toml::to_string(&root).map_err(|error| error.to_string())?;
    Config::from_toml(&toml).map_err(|error| format!("poolpass-local can't have such pools: {error}"))?;
    Ok(Imported { toml, notes: notes.into_list() })
}
