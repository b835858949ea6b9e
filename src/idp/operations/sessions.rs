//! The user's sessions on all devices, and what the user says about a sign-in that looked unusual.

use super::super::field::{Field, Kind};
use super::super::operation::{Caller, Effect, Operation};
use super::super::output::Output;
use crate::platform::Retry;

/// Lists the user's sessions, a page at a time.
pub const LIST_SESSIONS: Operation = Operation {
    name: "ListUserSessions",
    method: "listSessions",
    caller: Caller::User,
    effect: Effect::Reads,
    retry: Retry::Transient,
    input: &[Field::new("nextToken", "NextToken", Kind::Text)],
    output: &[Output::list("Sessions", "sessions", SESSION), Output::text("NextToken", "nextToken")],
};

/// Ends one of the user's sessions.
pub const REVOKE_SESSION: Operation = Operation {
    name: "RevokeUserSession",
    method: "revokeSession",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Transient,
    input: &[
        Field::new("sessionId", "SessionId", Kind::Text).needed(),
        Field::new("options.revokeAssociatedSessions", "RevokeAssociatedSessions", Kind::Text),
    ],
    output: &[],
};

/// Says whether a sign-in was the user's, by the token of the e-mail about it.
pub const UPDATE_AUTH_EVENT_FEEDBACK: Operation = Operation {
    name: "UpdateAuthEventFeedback",
    method: "updateAuthEventFeedback",
    caller: Caller::Anybody,
    effect: Effect::Changes,
    retry: Retry::Transient,
    input: &[
        Field::new("username", "Username", Kind::Username).needed(),
        Field::new("eventId", "EventId", Kind::Text).needed(),
        Field::new("feedbackToken", "FeedbackToken", Kind::Text).needed(),
        Field::new("feedbackValue", "FeedbackValue", Kind::Text).needed(),
    ],
    output: &[],
};

/// `SessionDescription`
const SESSION: &[Output] = &[
    Output::text("SessionId", "sessionId"),
    Output::text("SessionType", "sessionType"),
    Output::text("ClientId", "clientId"),
    Output::number("CreateDate", "createDate"),
    Output::number("LastActiveDate", "lastActiveDate"),
    Output::text("DeviceType", "deviceType"),
    Output::text("LastIPAddress", "lastIPAddress"),
    Output::member("LastLocation", "lastLocation", LOCATION),
    Output::text("OriginSessionId", "originSessionId"),
    Output::bool("IsCurrentSession", "isCurrentSession"),
];

const LOCATION: &[Output] = &[Output::text("City", "city"), Output::text("Country", "country")];
