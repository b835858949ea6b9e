//! What users did, in pools with threat protection (Developer Guide, "Viewing user event history").

use imbl::Vector;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::borrow::Cow;

use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, not_found};

/// `EventType`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) enum EventType {
    ForgotPassword,
    PasswordChange,
    ResendCode,
    SignIn,
    SignUp,
}

/// `FeedbackValueType`.
#[derive(Clone, Copy, Deserialize, Serialize)]
pub(crate) enum FeedbackValue {
    Invalid,
    Valid,
}

/// One event.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct AuthEvent {
    pub(crate) id: String,
    pub(crate) kind: EventType,
    /// `ChallengeResponses`: the names, and whether each was answered.
    pub(crate) challenges: Vec<(Cow<'static, str>, bool)>,
    pub(crate) at_ms: u64,
    pub(super) feedback: Option<(FeedbackValue, u64)>,
}

impl AuthEvent {
    pub(crate) fn new(id: String, kind: EventType, challenges: Vec<(&'static str, bool)>, at_ms: u64) -> Self {
        let challenges = challenges.into_iter().map(|(name, good)| (name.into(), good)).collect();
        Self { id, kind, challenges, at_ms, feedback: None }
    }

    /// `AuthEventType`. Where the user is, is not known.
    pub(super) fn shown(&self) -> Value {
        let answered = |good: bool, words: [&'static str; 2]| if good { words[0] } else { words[1] };
        let challenges = self.challenges.iter().map(|(name, good)| {
            json!({ "ChallengeName": name, "ChallengeResponse": answered(*good, ["Success", "Failure"]) })
        });
        let passed = self.challenges.iter().all(|(_, good)| *good);
        let mut shown = json!({
            "EventId": self.id,
            "EventType": self.kind,
            "CreationDate": epoch_seconds(self.at_ms),
            "EventResponse": answered(passed, ["Pass", "Fail"]),
            "EventRisk": { "RiskDecision": "NoRisk", "CompromisedCredentialsDetected": false },
            "ChallengeResponses": challenges.collect::<Vec<_>>(),
        });
        if let Some((value, at_ms)) = self.feedback {
            let feedback = json!({ "FeedbackValue": value, "Provider": "Admin", "FeedbackDate": epoch_seconds(at_ms) });
            shown["EventFeedback"] = feedback;
        }
        shown
    }
}

/// The events of one user, the latest first.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct AuthEvents(pub(super) Vector<AuthEvent>);

impl AuthEvents {
    /// Those from an event on, or all, with their ids.
    pub(crate) fn shown_after(&self, last: Option<String>) -> impl Iterator<Item = (String, Value)> {
        let start = last.and_then(|last| self.0.iter().position(|event| event.id == last));
        let rest = self.0.iter().skip(start.map_or(0, |index| index + 1));
        rest.map(|event| (event.id.clone(), event.shown()))
    }

    /// Takes an administrator's word for an event.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn judge(&mut self, id: &str, value: FeedbackValue, now_ms: u64) -> Result<(), ServiceError> {
        let event = self.0.iter_mut().find(|event| event.id == id);
        event.ok_or_else(|| not_found("Authentication event does not exist."))?.feedback = Some((value, now_ms));
        Ok(())
    }
}
