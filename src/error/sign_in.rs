//! Why the step of a sign-in cannot be answered.

/// Why the step of a sign-in cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignInFault {
    /// No sign-in waits for an answer in this tab: none has begun, it is over, or it has expired.
    NotBegun,
    /// A later sign-in has replaced it.
    Superseded,
    /// Another answer to the same step is under way.
    AnswerUnderWay,
    /// The service does not accept the device that the sign-in named. It is forgotten.
    DeviceRejected,
}

impl SignInFault {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::NotBegun, Self::Superseded, Self::AnswerUnderWay, Self::DeviceRejected];

    pub(super) const TEXTS: [&str; 4] = [
        "No sign-in waits for an answer.",
        "A later sign-in has replaced this one.",
        "Another answer to this step is under way.",
        "This device is not remembered any more.",
    ];

    /// The fault in snake case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotBegun => "no_sign_in",
            Self::Superseded => "superseded",
            Self::AnswerUnderWay => "answer_under_way",
            Self::DeviceRejected => "device_rejected",
        }
    }
}
