//! Custom message: the function writes the mails and SMS.

use serde::Deserialize;
use serde_json::json;

use super::event::{Event, attributes, invoke};
use super::failure::invalid_response;
use crate::core::directory::{Trigger, User, UserPool, with_link};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;
use crate::core::world::inbox::{Medium, MessageKind};

/// Placeholders of the code (or the temporary password), and of the user name.
const CODE: &str = "{####}";
const USERNAME: &str = "{username}";
const LINK: &str = "{##Click Here##}";

/// A message that is to be sent.
pub(crate) struct Draft<'a> {
    pub(crate) user: &'a User,
    pub(crate) kind: MessageKind,
    pub(crate) medium: Medium,
    /// The code or the temporary password; empty where there is none.
    pub(crate) secret: &'a str,
    /// The address of a link that has the code.
    pub(crate) link: Option<&'a str>,
}

/// What the function wrote of it.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) subject: Option<String>,
    pub(crate) text: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Answer {
    email_message: Option<String>,
    email_subject: Option<String>,
    sms_message: Option<String>,
}

/// What follows `CustomMessage_` and the like in `triggerSource`.
pub(super) fn suffix(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Authentication => "Authentication",
        MessageKind::ForgotPassword => "ForgotPassword",
        MessageKind::Invite => "AdminCreateUser",
        MessageKind::Resend => "ResendCode",
        MessageKind::SignUp => "SignUp",
        MessageKind::UpdateUserAttribute => "UpdateUserAttribute",
        MessageKind::VerifyUserAttribute => "VerifyUserAttribute",
    }
}

/// Lets the function write a message.
///
/// # Errors
/// As [`invoke`]; `InvalidLambdaResponseException` for a text without the code or the link, or an invitation without the user name.
pub(crate) fn custom_message(
    pool: &UserPool,
    draft: &Draft<'_>,
    context: &mut Context<'_>,
) -> Result<Written, ServiceError> {
    let invites = draft.kind == MessageKind::Invite;
    let event = Event {
        trigger: Trigger::CustomMessage,
        source: &format!("CustomMessage_{}", suffix(draft.kind)),
        username: &draft.user.username,
        request: json!({
            "userAttributes": attributes(draft.user),
            "codeParameter": CODE,
            "linkParameter": LINK,
            "usernameParameter": invites.then_some(USERNAME),
        }),
        response: json!({ "smsMessage": null, "emailMessage": null, "emailSubject": null }),
    };
    let answer: Answer = invoke(pool, &event, context)?.unwrap_or_default();
    let (subject, text) = match draft.medium {
        Medium::Email => (answer.email_subject, answer.email_message),
        Medium::Sms => (None, answer.sms_message),
    };
    let text = text.map(|text| draft.fill(&text)).transpose()?;
    Ok(Written { subject, text })
}

impl Draft<'_> {
    /// Puts in what the placeholders stand for. "Must include the codeParameter value from the request"; invitations "must include both
    /// request.usernameParameter and request.codeParameter" (Developer Guide, "Custom message Lambda trigger").
    fn fill(&self, text: &str) -> Result<String, ServiceError> {
        let lacks = |part: &str| invalid_response(format!("The message of CustomMessage must contain {part}"));
        let text = match self.link {
            Some(address) => with_link(text, address).ok_or_else(|| lacks(LINK))?,
            None if !self.secret.is_empty() && !text.contains(CODE) => return Err(lacks(CODE)),
            None => text.replace(CODE, self.secret),
        };
        if self.kind == MessageKind::Invite && !text.contains(USERNAME) {
            return Err(lacks(USERNAME));
        }
        Ok(text.replace(USERNAME, &self.user.username))
    }
}
