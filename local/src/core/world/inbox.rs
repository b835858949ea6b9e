//! The mails and SMS that Cognito would have sent.

use serde::Serialize;
use std::collections::VecDeque;

/// Older messages are dropped.
const KEPT: usize = 500;

/// One message.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) user_pool_id: String,
    pub(crate) username: String,
    /// E-mail address or phone number.
    pub(crate) to: String,
    pub(crate) medium: Medium,
    pub(crate) kind: MessageKind,
    pub(crate) code: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) text: String,
    pub(crate) sent_at_ms: u64,
}

/// `DeliveryMediumType`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Medium {
    Email,
    Sms,
}

/// Why a message was sent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum MessageKind {
    /// A code for signing in.
    Authentication,
    ForgotPassword,
    Invite,
    Resend,
    SignUp,
    UpdateUserAttribute,
    VerifyUserAttribute,
}

/// All messages, newest first.
#[derive(Clone, Default)]
pub(crate) struct Inbox {
    messages: VecDeque<Message>,
    sent: u64,
}

impl Inbox {
    /// Adds a message; its id is given here.
    pub(crate) fn send(&mut self, message: Message) {
        self.sent += 1;
        self.messages.push_front(Message { id: self.sent, ..message });
        self.messages.truncate(KEPT);
    }

    /// The messages to an address or a user, or all.
    pub(crate) fn to<'a>(&'a self, to: Option<&'a str>) -> impl Iterator<Item = &'a Message> {
        let same = |left: &str, right: &str| left.to_lowercase() == right.to_lowercase();
        self.messages.iter().filter(move |m| to.is_none_or(|to| same(&m.to, to) || same(&m.username, to)))
    }

    pub(crate) fn clear(&mut self) {
        self.messages.clear();
    }
}
