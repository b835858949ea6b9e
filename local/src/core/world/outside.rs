//! Answers of other servers, for a request that needs them.
//!
//! A request is answered in one go, with the state locked. Where it needs an answer from outside, it ends; the emulator asks without
//! the lock, takes back what the request changed, and begins it anew with the answer. So the code of a request reads from top to
//! bottom, other requests go on meanwhile, and a hook may call the emulator.

use super::outbound::{OutboundError, OutboundRequest};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpResponse;

/// What came back.
pub(crate) type Answer = Result<HttpResponse, OutboundError>;

/// What one request asked other servers, and their answers.
#[derive(Default)]
pub(crate) struct Outside {
    answers: Vec<(OutboundRequest, Answer)>,
    wanted: Option<OutboundRequest>,
    kept: Vec<(&'static str, Option<String>)>,
}

/// The request has to wait for an answer: whatever it replies now is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waiting;

impl Outside {
    /// The answer to a request to another server.
    ///
    /// # Errors
    /// [`Waiting`] until the emulator has it.
    pub(crate) fn ask(&mut self, request: OutboundRequest) -> Result<Answer, Waiting> {
        if let Some((_, answer)) = self.answers.iter().find(|(asked, _)| *asked == request) {
            return Ok(answer.clone());
        }
        self.wanted.get_or_insert(request);
        Err(Waiting)
    }

    /// A value that can't be made twice the same, such as a signature with ECDSA: made once, and the same one when the request begins anew.
    pub(crate) fn keep(&mut self, name: &'static str, make: impl FnOnce() -> Option<String>) -> Option<String> {
        if let Some((_, value)) = self.kept.iter().find(|(kept, _)| *kept == name) {
            return value.clone();
        }
        let value = make();
        self.kept.push((name, value.clone()));
        value
    }

    /// Whether something has to be asked before the request can go on.
    pub(crate) fn is_waiting(&self) -> bool {
        self.wanted.is_some()
    }

    /// What has to be asked before the request can go on.
    pub(crate) fn take_wanted(&mut self) -> Option<OutboundRequest> {
        self.wanted.take()
    }

    pub(crate) fn add(&mut self, request: OutboundRequest, answer: Answer) {
        self.answers.push((request, answer));
    }
}

impl From<Waiting> for ServiceError {
    fn from(_: Waiting) -> Self {
        Self::new("InternalErrorException", "The request waits for another server.")
    }
}
