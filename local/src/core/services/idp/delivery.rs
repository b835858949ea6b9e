//! Sending codes and invitations to the inbox.

use serde_json::{Value, json};

use super::Context;
use crate::core::directory::{
    ATTRIBUTE_CODE_MS, Code, PoolSettings, SIGN_UP_CODE_MS, SentCode, User, UserPool, is_phone_number, masked,
};
use crate::core::services::triggers::{self, Draft};
use crate::core::wire::error::ServiceError;
use crate::core::wire::form::Form;
use crate::core::world::inbox::{Medium, Message, MessageKind};

/// Where a message goes: the attribute and its value.
pub(crate) struct Destination {
    pub(crate) attribute: &'static str,
    address: String,
}

impl Destination {
    /// Where the sign-up code of a user goes: to the phone if that is verified automatically, else to the mailbox.
    pub(crate) fn for_sign_up(settings: &PoolSettings, user: &User) -> Option<Self> {
        let candidates = ["phone_number", "email"]
            .into_iter()
            .filter(|name| settings.auto_verified_attributes.iter().any(|a| a == name));
        Self::first(candidates, user)
    }

    /// The first of these attributes that the user has.
    pub(crate) fn first(attributes: impl IntoIterator<Item = &'static str>, user: &User) -> Option<Self> {
        attributes.into_iter().find_map(|attribute| {
            let address = user.attributes.get(attribute).filter(|address| !address.is_empty())?.clone();
            Some(Self { attribute, address })
        })
    }

    /// An address of a user, or one that a user is about to prove.
    pub(crate) fn at(attribute: &'static str, address: String) -> Self {
        Self { attribute, address }
    }

    /// Where a code would go if the user existed.
    pub(crate) fn simulated(login: &str) -> Self {
        let (attribute, address) = match login {
            _ if login.contains('@') => ("email", login.to_owned()),
            _ if is_phone_number(login) => ("phone_number", login.to_owned()),
            _ => ("email", format!("{login}@{login}")),
        };
        Self { attribute, address }
    }

    /// `CodeDeliveryDetailsType`.
    pub(crate) fn details(&self) -> Value {
        json!({ "Destination": self.masked(), "DeliveryMedium": self.medium(), "AttributeName": self.attribute })
    }

    /// The destination as it may be shown to anybody.
    pub(crate) fn masked(&self) -> String {
        masked(&self.address)
    }

    pub(crate) fn medium(&self) -> Medium {
        if self.attribute == "phone_number" { Medium::Sms } else { Medium::Email }
    }
}

/// Makes a new sign-up code, remembers it and sends it, in a link where the pool says so.
pub(crate) fn send_sign_up_code(
    pool: &mut UserPool,
    client_id: &str,
    username: &str,
    to: &Destination,
    kind: MessageKind,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let code = context.random.code();
    if let Some(user) = pool.find_mut(username) {
        user.code = Some(Code::new(code.clone(), to.attribute, SIGN_UP_CODE_MS, context.now_ms));
    }
    if to.medium() == Medium::Email && pool.settings.confirms_with_link() {
        let query = [("client_id", client_id), ("user_name", username), ("confirmation_code", &code)];
        // The hosted UI is at the emulator's own address.
        let address = format!("/confirmUser?{}", Form::from_iter(query).encode());
        let (subject, text) = optional_subject(pool.settings.link_mail(&address));
        let letter = Letter { kind, code: Some(code.clone()), secret: code, link: Some(address), subject, text };
        return send(pool, username, to, letter, context);
    }
    send_code(pool, username, to, kind, code, context)
}

/// Makes a new code for an address that has to be verified, remembers it and sends it: where it went. `None` without an address.
pub(crate) fn send_attribute_code(
    pool: &mut UserPool,
    username: &str,
    attribute: &'static str,
    kind: MessageKind,
    context: &mut Context<'_>,
) -> Result<Option<Destination>, ServiceError> {
    let Some(address) = pool.address_to_verify(username, attribute) else { return Ok(None) };
    let to = Destination { attribute, address };
    let code = context.random.code();
    pool.expect_code(username, attribute, Code::new(code.clone(), attribute, ATTRIBUTE_CODE_MS, context.now_ms));
    send_code(pool, username, &to, kind, code, context)?;
    Ok(Some(to))
}

/// Sends a code. The text is the given one, with {####} for the code, unless the pool has its own.
pub(crate) fn send_code(
    pool: &UserPool,
    username: &str,
    to: &Destination,
    kind: MessageKind,
    code: String,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let default = match kind {
        MessageKind::ForgotPassword => "Your password reset code is {####}",
        MessageKind::Authentication => "Your authentication code is {####}",
        MessageKind::Invite | MessageKind::Resend | MessageKind::SignUp => "Your confirmation code is {####}",
        MessageKind::UpdateUserAttribute | MessageKind::VerifyUserAttribute => "Your verification code is {####}",
    };
    let settings = &pool.settings;
    let (subject, text) = match (to.medium(), kind) {
        (Medium::Email, MessageKind::Authentication) => optional_subject(settings.authentication_mail(default, &code)),
        (Medium::Email, _) => optional_subject(settings.verification_mail(default, &code)),
        (Medium::Sms, MessageKind::Authentication) => (None, settings.authentication_sms(default, &code)),
        (Medium::Sms, _) => (None, settings.verification_sms(default, &code)),
    };
    let secret = code.clone();
    send(pool, username, to, Letter { kind, code: Some(code), secret, link: None, subject, text }, context)
}

fn optional_subject((subject, text): (String, String)) -> (Option<String>, String) {
    (Some(subject), text)
}

/// Sends a code for signing in.
pub(crate) fn send_sign_in_code(
    pool: &UserPool,
    username: &str,
    to: Destination,
    code: String,
    life_ms: u64,
    context: &mut Context<'_>,
) -> Result<SentCode, ServiceError> {
    send_code(pool, username, &to, MessageKind::Authentication, code.clone(), context)?;
    Ok(SentCode::new(code, to.attribute, to.address, life_ms, context.now_ms))
}

/// Sends an invitation with a temporary password.
pub(crate) fn send_invitation(
    pool: &UserPool,
    username: &str,
    password: &str,
    to: &Destination,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let (subject, text) = match to.medium() {
        Medium::Email => {
            let (subject, text) = pool.settings.invitation_mail(username, password);
            (Some(subject), text)
        }
        Medium::Sms => (None, pool.settings.invitation_sms(username, password)),
    };
    let (kind, secret) = (MessageKind::Invite, password.to_owned());
    let letter = Letter { kind, code: None, secret, link: None, subject, text };
    send(pool, username, to, letter, context)
}

/// Sends an invitation to a user who signs in without a password.
pub(crate) fn send_welcome(
    pool: &UserPool,
    username: &str,
    to: &Destination,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let subject = (to.medium() == Medium::Email).then(|| "Your user name".to_owned());
    let text = format!("Your username is {username}");
    let (kind, secret) = (MessageKind::Invite, String::new());
    let letter = Letter { kind, code: None, secret, link: None, subject, text };
    send(pool, username, to, letter, context)
}

/// What a message says.
struct Letter {
    kind: MessageKind,
    code: Option<String>,
    /// The code or the temporary password, where there is one.
    secret: String,
    /// The address of a link that has the code.
    link: Option<String>,
    subject: Option<String>,
    text: String,
}

/// Sends a message, as the pool's functions write it or by the one that sends messages itself.
fn send(
    pool: &UserPool,
    username: &str,
    to: &Destination,
    letter: Letter,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let Letter { kind, code, secret, link, mut subject, mut text } = letter;
    if let Some(user) = pool.find(username) {
        let draft = Draft { user, kind, medium: to.medium(), secret: &secret, link: link.as_deref() };
        if triggers::custom_sender(pool, &draft, context)? {
            return Ok(());
        }
        let written = triggers::custom_message(pool, &draft, context)?;
        subject = written.subject.or(subject);
        text = written.text.unwrap_or(text);
    }
    context.inbox.send(Message {
        id: 0,
        user_pool_id: pool.id.clone(),
        username: username.into(),
        to: to.address.clone(),
        medium: to.medium(),
        kind,
        code,
        subject,
        text,
        sent_at_ms: context.now_ms,
    });
    Ok(())
}
