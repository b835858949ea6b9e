//! Errors as query services answer them.

use std::borrow::Cow;

use super::xml::{NAMESPACE, element};
use crate::core::sigv4::{Refusal, Style};
use crate::core::wire::http::HttpResponse;

pub(super) struct StsError {
    status: u16,
    code: Cow<'static, str>,
    message: Cow<'static, str>,
}

impl StsError {
    pub(super) fn new(status: u16, code: &str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code: Cow::Owned(code.to_owned()), message: message.into() }
    }

    pub(super) fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "ValidationError", message)
    }

    pub(super) fn response(&self) -> HttpResponse {
        let kind = if self.status < 500 { "Sender" } else { "Receiver" };
        let error = element("Type", kind) + &element("Code", &self.code) + &element("Message", &self.message);
        let body = format!("<ErrorResponse xmlns=\"{NAMESPACE}\"><Error>{error}</Error></ErrorResponse>");
        HttpResponse::new(self.status, "text/xml", body)
            .with("x-amzn-ErrorType", self.code.replace(|c: char| !c.is_ascii_graphic(), ""))
    }
}

impl From<Refusal> for StsError {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.status(Style::Query), refusal.code(Style::Query), refusal.message(Style::Query))
    }
}
