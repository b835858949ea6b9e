//! Subscribing and publishing by the WebSocket of the Events API.

use serde_json::{Value, json};

use super::context::{Context, EVENT};
use super::errors::Refused;
use super::events::{channel, may, publish};
use super::message::{Message, check_new, sender};
use super::socket::{Socket, Subscription, To};

pub(super) fn perform(context: &mut Context<'_>, socket: &mut Socket, message: &Message) -> Result<(), Refused> {
    let id = message.id()?;
    match message.kind.as_str() {
        "subscribe" => {
            check_new(socket, id)?;
            let (name, channel) = channel(message.body.get("channel"), true)?;
            // What is signed is written again, as nothing else of the message belongs to it.
            let signed = json!({ "channel": name }).to_string();
            let identity = sender(context, socket, message.body.get("authorization"), (EVENT, &signed))?;
            may(context, &identity, &channel, "subscribe")?;
            socket.say(&json!({ "id": id, "type": "subscribe_success" }));
            socket.subscriptions.push(Subscription { id: id.into(), identity, to: To::Channel(channel) });
        }
        "unsubscribe" => {
            let unknown = || Refused::new(400, "UnknownOperationError", format!("There is no subscription {id}."));
            socket.subscriptions.remove(socket.position(id).ok_or_else(unknown)?);
            socket.say(&json!({ "id": id, "type": "unsubscribe_success" }));
        }
        "publish" => {
            let (name, channel) = channel(message.body.get("channel"), false)?;
            let events = message.body.get("events").unwrap_or(&Value::Null);
            let signed = format!(r#"{{"channel":{},"events":{events}}}"#, json!(name));
            let identity = sender(context, socket, message.body.get("authorization"), (EVENT, &signed))?;
            let mut done = publish(context, Some(socket), &identity, &channel, events)?;
            done["id"] = json!(id);
            done["type"] = json!("publish_success");
            socket.say(&done);
        }
        other => return Err(Refused::unsupported(format!("{other} is no operation of this protocol"))),
    }
    Ok(())
}
