//! Messages of clients.

use serde_json::json;

use super::context::Context;
use super::errors::Refused;
use super::message::Message;
use super::socket::{Kind, POLICY, Socket};
use super::{socket_events, socket_graphql};
use crate::core::wire::socket::Frame;
use crate::core::world::faults::{Fault, FaultKind};

/// Does what a message asks, or what a fault makes of it: the refusal, for the journal.
pub(super) fn receive(
    context: &mut Context<'_>,
    socket: &mut Socket,
    message: Result<&Message, &Refused>,
    fault: Option<&Fault>,
) -> Option<Refused> {
    match fault.map(|fault| (fault.kind, fault)) {
        None => return answer(context, socket, message, None),
        Some((FaultKind::Error, fault)) => return answer(context, socket, message, Some(Refused::ordered(fault))),
        Some((FaultKind::DropBefore, _)) => socket.end(Frame::Cut),
        Some((kind, _)) => {
            let was_silent = std::mem::replace(&mut socket.silent, true);
            answer(context, socket, message, None);
            socket.silent = was_silent;
            match kind {
                FaultKind::Garbage => socket.say_text("<html>not what you expected".into()),
                _ => socket.end(Frame::Cut),
            }
        }
    }
    None
}

fn answer(
    context: &mut Context<'_>,
    socket: &mut Socket,
    message: Result<&Message, &Refused>,
    ordered: Option<Refused>,
) -> Option<Refused> {
    let message = match message {
        Ok(message) => message,
        Err(refused) => {
            socket.refuse("error", None, refused);
            return Some(refused.clone());
        }
    };
    let done = ordered.map_or_else(|| perform(context, socket, message), Err);
    let refused = done.err()?;
    if message.kind == "connection_init" {
        socket.refuse("connection_error", None, &refused);
        socket.close(POLICY, &refused.kind);
        return Some(refused);
    }
    let kind = match (socket.kind, message.kind.as_str()) {
        (Kind::Events, "subscribe" | "publish" | "unsubscribe") => &format!("{}_error", message.kind),
        _ => "error",
    };
    socket.refuse(kind, message.id.as_deref(), &refused);
    Some(refused)
}

fn perform(context: &mut Context<'_>, socket: &mut Socket, message: &Message) -> Result<(), Refused> {
    if message.kind == "connection_init" {
        return init(context, socket);
    }
    if !socket.ready {
        return Err(Refused::bad_request("connection_init comes first."));
    }
    match socket.kind {
        Kind::Graphql => socket_graphql::perform(context, socket, message),
        Kind::Events => socket_events::perform(context, socket, message),
    }
}

fn init(context: &Context<'_>, socket: &mut Socket) -> Result<(), Refused> {
    socket.opener.clone()?;
    if socket.ready {
        return Err(Refused::bad_request("The connection is open already."));
    }
    socket.ready = true;
    let timeout = context.settings.connection_timeout_seconds.saturating_mul(1000);
    socket.say(&match socket.kind {
        Kind::Graphql => json!({ "type": "connection_ack", "payload": { "connectionTimeoutMs": timeout } }),
        Kind::Events => json!({ "type": "connection_ack", "connectionTimeoutMs": timeout }),
    });
    socket.keep_alive(context.now_ms);
    Ok(())
}
