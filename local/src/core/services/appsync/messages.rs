//! Messages of clients.

use serde_json::{Map, Value, json};

use super::errors::Refused;
use super::handshake::authorized;
use super::identity::Identity;
use super::socket::{Kind, POLICY, Socket};
use super::{Context, socket_events, socket_graphql};
use crate::core::wire::socket::Frame;
use crate::core::world::faults::{Fault, FaultKind};

/// How many subscriptions one connection may have.
pub(super) const MOST_SUBSCRIPTIONS: usize = 100;

/// A message that was read.
pub(super) struct Message {
    pub(super) kind: String,
    pub(super) id: Option<String>,
    pub(super) body: Map<String, Value>,
}

impl Message {
    /// # Errors
    /// `BadRequestException` for what is no message.
    pub(super) fn read(text: &str) -> Result<Self, Refused> {
        let wrong = || Refused::bad_request("A message must be a JSON object with a type.");
        let body: Map<String, Value> = serde_json::from_str(text).map_err(|_| wrong())?;
        let word = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(Self { kind: word("type").ok_or_else(wrong)?, id: word("id"), body })
    }

    /// The id of a subscription.
    ///
    /// # Errors
    /// `BadRequestException`.
    pub(super) fn id(&self) -> Result<&str, Refused> {
        let fits = |id: &&str| {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_+".contains(&byte);
            (1..=128).contains(&id.len()) && id.bytes().all(allowed)
        };
        let id = self.id.as_deref().filter(fits);
        id.ok_or_else(|| {
            Refused::bad_request("id must be 1 to 128 letters, digits, dashes, underscores and plus signs.")
        })
    }

    /// The name of faults for it, and in the journal.
    pub(super) fn operation(&self, kind: Kind) -> String {
        format!("{} {}", kind.path(), self.kind.chars().take(40).collect::<String>())
    }
}

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

/// Who sends a message, by the authorization in it.
///
/// # Errors
/// [`Refused`].
pub(super) fn sender(
    context: &Context<'_>,
    socket: &Socket,
    authorization: Option<&Value>,
    signed: (&str, &str),
) -> Result<Identity, Refused> {
    let headers = authorization.and_then(Value::as_object);
    let headers = headers.ok_or_else(|| Refused::unauthorized(super::errors::NOT_PROVIDED))?;
    authorized(context, headers, &socket.host, signed)
}

/// # Errors
/// `BadRequestException` and `MaxSubscriptionsReachedError`.
pub(super) fn check_new(socket: &Socket, id: &str) -> Result<(), Refused> {
    if socket.position(id).is_some() {
        return Err(Refused::bad_request(format!("There is a subscription {id} already.")));
    }
    if socket.subscriptions.len() >= MOST_SUBSCRIPTIONS {
        let text = format!("Max number of {MOST_SUBSCRIPTIONS} subscriptions reached");
        return Err(Refused::new(400, "MaxSubscriptionsReachedError", text));
    }
    Ok(())
}
