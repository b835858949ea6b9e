//! Errors of S3 (Amazon S3 API Reference, "Error responses").

use std::borrow::Cow;

use super::xml::element;
use crate::core::sigv4::Refusal;
use crate::core::wire::http::HttpResponse;
use crate::core::world::faults::Fault;

/// Why a request is refused.
#[derive(Debug)]
pub(super) enum S3Error {
    /// Status, code, text and what S3 adds.
    Own(u16, Cow<'static, str>, Cow<'static, str>, Vec<(&'static str, String)>),
    Signature(Refusal),
    /// The reply to a conditional read: nothing has changed. Headers go with it.
    Unchanged(Vec<(String, String)>),
}

impl From<Refusal> for S3Error {
    fn from(refusal: Refusal) -> Self {
        Self::Signature(refusal)
    }
}

impl S3Error {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Own(status, code.into(), message.into(), Vec::new())
    }

    #[must_use]
    pub(super) fn with(mut self, name: &'static str, text: impl Into<String>) -> Self {
        if let Self::Own(.., details) = &mut self {
            details.push((name, text.into()));
        }
        self
    }

    pub(super) fn response(self, now_ms: u64) -> HttpResponse {
        match self {
            Self::Signature(refusal) => refusal.s3_response(now_ms),
            Self::Unchanged(headers) => HttpResponse { headers, ..HttpResponse::new(304, "", "") },
            Self::Own(status, code, message, details) => {
                let details: String = details.iter().map(|(name, text)| element(name, text)).collect();
                let text = element("Code", &code) + &element("Message", &message) + &details;
                let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>{text}</Error>");
                HttpResponse::new(status, "application/xml", body)
            }
        }
    }
}

pub(super) fn denied(message: impl Into<Cow<'static, str>>) -> S3Error {
    S3Error::new(403, "AccessDenied", message)
}

pub(super) fn invalid_argument(message: impl Into<Cow<'static, str>>, name: &str, value: &str) -> S3Error {
    S3Error::new(400, "InvalidArgument", message).with("ArgumentName", name).with("ArgumentValue", value)
}

pub(super) fn invalid_request(message: impl Into<Cow<'static, str>>) -> S3Error {
    S3Error::new(400, "InvalidRequest", message)
}

pub(super) fn no_such_bucket(bucket: &str) -> S3Error {
    S3Error::new(404, "NoSuchBucket", "The specified bucket does not exist").with("BucketName", bucket)
}

pub(super) fn no_such_key(key: &str) -> S3Error {
    S3Error::new(404, "NoSuchKey", "The specified key does not exist.").with("Key", key)
}

pub(super) fn precondition_failed(condition: &str) -> S3Error {
    let text = "At least one of the pre-conditions you specified did not hold";
    S3Error::new(412, "PreconditionFailed", text).with("Condition", condition)
}

/// What this emulator would otherwise ignore.
pub(super) fn unsupported(what: impl std::fmt::Display) -> S3Error {
    S3Error::new(501, "NotImplemented", format!("poolpass-local does not support {what}"))
}

/// The error that a fault of kind `error` asks for.
pub(super) fn ordered(fault: &Fault) -> HttpResponse {
    let status = fault.status.unwrap_or(400);
    let code = match status {
        429 | 503 => "SlowDown",
        500.. => "InternalError",
        _ => "InvalidRequest",
    };
    let code = fault.error_type.clone().map_or(Cow::Borrowed(code), Cow::Owned);
    let message = fault.message.clone().unwrap_or_else(|| "This fault was ordered.".into());
    S3Error::Own(status, code, message.into(), Vec::new()).response(0)
}
