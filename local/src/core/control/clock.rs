//! `/_poolpass/clock`: moving the time.

use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::core::world::clock::MovableClock;

/// What a request may ask for; exactly one of them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Change {
    advance_seconds: Option<f64>,
    set_ms: Option<u64>,
    reset: Option<bool>,
}

pub(super) fn show(clock: &MovableClock) -> Value {
    json!({ "nowMs": clock.now_ms(), "offsetMs": clock.offset_ms() })
}

pub(super) fn change(clock: &MovableClock, change: Change) -> Result<Value, Refusal> {
    match change {
        Change { advance_seconds: Some(seconds), set_ms: None, reset: None } => {
            clock.advance((seconds * 1000.0) as i64)
        }
        Change { advance_seconds: None, set_ms: Some(ms), reset: None } => clock.set(ms),
        Change { advance_seconds: None, set_ms: None, reset: Some(true) } => clock.reset(),
        _ => return Err((400, "send exactly one of advanceSeconds, setMs and reset: true".into())),
    }
    Ok(show(clock))
}
