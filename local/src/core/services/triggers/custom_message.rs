//! Custom message: the function writes the mails and SMS.

use serde::Deserialize;
use serde_json::json;

use super::event::{Event, attributes, invoke};
use super::failure::invalid_response;
use crate::core::directory::{Trigger, User, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;
use crate::core::world::inbox::{Medium, MessageKind};

/// Placeholders of the code (or the temporary password), and of the user name.
const CODE: &str = "{####}";
const USERNAME: &str = "{username}";
const LINK: &str = "{##Click Here##}";

/// What the function writes.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CustomMessage {
    email_message: Option<String>,
    email_subject: Option<String>,
    sms_message: Option<String>,
}

impl CustomMessage {
    /// Subject and text, where the function wrote them.
    pub(crate) fn written(self, medium: Medium, username: &str, secret: &str) -> (Option<String>, Option<String>) {
        let fill = |text: String| text.replace(CODE, secret).replace(USERNAME, username);
        match medium {
            Medium::Email => (self.email_subject, self.email_message.map(fill)),
            Medium::Sms => (None, self.sms_message.map(fill)),
        }
    }
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

/// Asks for the text of a message to a user.
///
/// # Errors
/// As [`invoke`]; `InvalidLambdaResponseException` for a text without the code, or an invitation without the user name.
pub(crate) fn custom_message(
    pool: &UserPool,
    user: &User,
    kind: MessageKind,
    secret: &str,
    context: &mut Context<'_>,
) -> Result<CustomMessage, ServiceError> {
    let invites = kind == MessageKind::Invite;
    let event = Event {
        trigger: Trigger::CustomMessage,
        source: &format!("CustomMessage_{}", suffix(kind)),
        username: &user.username,
        request: json!({
            "userAttributes": attributes(user),
            "codeParameter": CODE,
            "linkParameter": LINK,
            "usernameParameter": invites.then_some(USERNAME),
        }),
        response: json!({ "smsMessage": null, "emailMessage": null, "emailSubject": null }),
    };
    let message: CustomMessage = invoke(pool, &event, context)?.unwrap_or_default();
    // "Must include the codeParameter value from the request"; invitations "must include both request.usernameParameter and
    // request.codeParameter" (Developer Guide, "Custom message Lambda trigger").
    for text in [&message.email_message, &message.sms_message].into_iter().flatten() {
        let needed = [(USERNAME, invites), (CODE, !secret.is_empty())];
        if let Some((missing, _)) = needed.into_iter().find(|(part, needed)| *needed && !text.contains(part)) {
            return Err(invalid_response(format!("The message of CustomMessage must contain {missing}")));
        }
    }
    Ok(message)
}
