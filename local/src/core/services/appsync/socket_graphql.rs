//! Subscriptions of the GraphQL API.

use serde_json::{Value, json};

use super::context::{Context, GRAPHQL};
use super::document::Document;
use super::errors::Refused;
use super::message::{Message, check_new, sender};
use super::socket::{Socket, Subscription, To};

pub(super) fn perform(context: &mut Context<'_>, socket: &mut Socket, message: &Message) -> Result<(), Refused> {
    match message.kind.as_str() {
        "start" => start(context, socket, message),
        "stop" => {
            let id = message.id()?;
            let unknown = || Refused::new(400, "UnknownOperationError", format!("There is no subscription {id}."));
            socket.subscriptions.remove(socket.position(id).ok_or_else(unknown)?);
            socket.say(&json!({ "id": id, "type": "complete" }));
            Ok(())
        }
        other => Err(Refused::unsupported(format!("{other} not supported through the realtime channel"))),
    }
}

fn start(context: &mut Context<'_>, socket: &mut Socket, message: &Message) -> Result<(), Refused> {
    let id = message.id()?;
    check_new(socket, id)?;
    let payload = message.body.get("payload");
    let member = |name: &str| payload.and_then(|payload| payload.get(name));
    let data = member("data").and_then(Value::as_str);
    let data = data.ok_or_else(|| Refused::bad_request("payload.data must be a JSON text with a query."))?;
    let authorization = member("extensions").and_then(|extensions| extensions.get("authorization"));
    let identity = sender(context, socket, authorization, (GRAPHQL, data))?;
    let document = Document::parse(data.as_bytes())?;
    if !document.is_subscription()? {
        return Err(Refused::unsupported("Operation not supported through the realtime channel"));
    }
    match document.begin(context, identity.clone()) {
        Ok(watch) => {
            socket.say(&json!({ "id": id, "type": "start_ack" }));
            let to = To::Notes { document, watch };
            socket.subscriptions.push(Subscription { id: id.into(), identity, to });
        }
        Err(errors) => socket.say(&json!({ "id": id, "type": "error", "payload": { "errors": errors } })),
    }
    Ok(())
}
