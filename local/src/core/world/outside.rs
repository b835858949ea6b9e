//! Answers of other servers, for a request that needs them.
//!
//! A request is answered in one go, with the state locked. Where it needs an answer from outside, it ends; the emulator asks without
//! the lock, takes back what the request changed, and begins it anew with the answer. So the code of a request reads from top to
//! bottom, other requests go on meanwhile, and a hook may call the emulator.
//!
//! Where nothing but an error can follow from the answer, it is asked for afterwards: what the request changed is there then.

use super::outbound::{OutboundError, OutboundRequest};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpResponse;

/// What came back.
pub(crate) type Answer = Result<HttpResponse, OutboundError>;

/// What an answer that comes afterwards means for the request.
type Judge = Box<dyn Fn(&Answer) -> Result<(), ServiceError> + Send>;

/// What one request asked other servers, and their answers.
#[derive(Default)]
pub(crate) struct Outside {
    answers: Vec<(OutboundRequest, Answer)>,
    wanted: Option<OutboundRequest>,
    kept: Vec<(&'static str, Option<String>)>,
    afterwards: Vec<Afterwards>,
}

/// A request that is sent when the work is done.
pub(crate) struct Afterwards {
    pub(crate) request: OutboundRequest,
    /// How often it is sent while it takes too long.
    pub(crate) times: usize,
    pub(crate) judge: Judge,
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
        self.ask_up_to(1, request)
    }

    /// As [`Self::ask`], and asks again where it takes too long.
    ///
    /// # Errors
    /// [`Waiting`] until the emulator has it.
    pub(crate) fn ask_up_to(&mut self, times: usize, request: OutboundRequest) -> Result<Answer, Waiting> {
        let answers = || self.answers.iter().filter(|(asked, _)| *asked == request).map(|(_, answer)| answer);
        match answers().next_back() {
            Some(Err(OutboundError::Timeout)) if answers().count() < times => {}
            Some(answer) => return Ok(answer.clone()),
            None => {}
        }
        self.wanted.get_or_insert(request);
        Err(Waiting)
    }

    /// Sends a request when the work is done. Where the answer is judged to be an error, that is the reply.
    pub(crate) fn ask_afterwards(&mut self, afterwards: Afterwards) {
        self.afterwards.push(afterwards);
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

    /// What has to be asked before the request can go on. It begins anew then, and says anew what is to be asked afterwards.
    pub(crate) fn take_wanted(&mut self) -> Option<OutboundRequest> {
        let wanted = self.wanted.take()?;
        self.afterwards.clear();
        Some(wanted)
    }

    /// What is to be asked now that the work is done.
    pub(crate) fn take_afterwards(&mut self) -> Vec<Afterwards> {
        std::mem::take(&mut self.afterwards)
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
