//! `/_poolpass/inbox`: the mails and SMS.

use serde_json::{Value, json};

use crate::core::world::inbox::{Inbox, Message};

pub(super) fn show(inbox: &Inbox, to: Option<&str>) -> Value {
    json!({ "messages": inbox.to(to).collect::<Vec<&Message>>() })
}
