//! `/_poolpass/sockets`: the open WebSockets, and what befalls them.

use serde::Deserialize;
use serde_json::Value;

use super::Refusal;
use crate::core::services::appsync::{Frame, Sockets};

/// What a request may ask for; exactly one of them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Change {
    #[serde(default)]
    cut: bool,
    close: Option<u16>,
    #[serde(default)]
    silence: bool,
}

/// Cuts, closes or silences all sockets that are open.
pub(super) fn change(sockets: &mut Sockets, change: &Change) -> Result<Value, Refusal> {
    match change {
        Change { cut: true, close: None, silence: false } => sockets.end_all(&Frame::Cut),
        Change { cut: false, close: Some(code @ (1000..=1003 | 1007..=1014 | 3000..=4999)), silence: false } => {
            sockets.close_all(*code);
        }
        Change { cut: false, close: None, silence: true } => sockets.silence_all(),
        _ => return Err((400, "send exactly one of cut: true, close (a status code) and silence: true".into())),
    }
    Ok(sockets.show())
}
