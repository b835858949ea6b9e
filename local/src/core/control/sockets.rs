//! `/_poolpass/sockets`: the open WebSockets, and what befalls them.

use serde::Deserialize;
use serde_json::Value;

use super::refusal::Refusal;
use crate::core::service::{Service, SocketOrder};

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

/// The open sockets.
pub(super) fn show(services: &mut [Box<dyn Service>]) -> Value {
    let shown = services.iter_mut().filter_map(|service| service.sockets()).map(|sockets| sockets.show());
    shown.flat_map(|list| list.as_array().cloned().unwrap_or_default()).collect()
}

/// Cuts, closes or silences all sockets that are open.
pub(super) fn change(services: &mut [Box<dyn Service>], change: &Change) -> Result<Value, Refusal> {
    let order = match change {
        Change { cut: true, close: None, silence: false } => SocketOrder::Cut,
        Change { cut: false, close: Some(code @ (1000..=1003 | 1007..=1014 | 3000..=4999)), silence: false } => {
            SocketOrder::Close(*code)
        }
        Change { cut: false, close: None, silence: true } => SocketOrder::Silence,
        _ => return Err((400, "send exactly one of cut: true, close (a status code) and silence: true".into())),
    };
    services.iter_mut().filter_map(|service| service.sockets()).for_each(|sockets| sockets.order(order));
    Ok(show(services))
}
