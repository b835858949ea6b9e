//! A message of a client.

use serde_json::{Map, Value};

use super::context::Context;
use super::errors::Refused;
use super::handshake::authorized;
use super::identity::Identity;
use super::socket::{Kind, Socket};

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
