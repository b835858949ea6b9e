//! `/_poolpass/keys`: rolling the signing keys.

use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::core::world::tokens::KeyRing;

/// What a request may ask for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Change {
    roll: bool,
    #[serde(default)]
    keep_old: bool,
}

/// Makes every pool sign with new keys. The old ones vanish from the JWKS unless they are to stay.
pub(super) fn change(keys: &KeyRing, change: &Change) -> Result<Value, Refusal> {
    if !change.roll {
        return Err((400, "send roll: true".into()));
    }
    keys.roll(change.keep_old);
    Ok(json!({}))
}
