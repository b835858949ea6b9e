//! The user's passkeys.

use super::super::field::{Field, Kind};
use super::super::operation::{Caller, Effect, Operation};
use super::super::output::Output;
use crate::error::ResponseProblem;
use crate::platform::Retry;

/// Returns the options of a new passkey. The API has it as a part of associateWebAuthnCredential.
pub const START_WEB_AUTHN_REGISTRATION: Operation = Operation {
    name: "StartWebAuthnRegistration",
    method: "startWebAuthnRegistration",
    caller: Caller::User,
    effect: Effect::Reads,
    retry: Retry::Throttled,
    input: &[],
    output: &[Output::json("CredentialCreationOptions", "options").required(ResponseProblem::CreationOptions)],
};

/// Registers the passkey that the browser has made. The API has it as a part of associateWebAuthnCredential.
pub const COMPLETE_WEB_AUTHN_REGISTRATION: Operation = Operation {
    name: "CompleteWebAuthnRegistration",
    method: "completeWebAuthnRegistration",
    caller: Caller::User,
    effect: Effect::Changes,
    // The challenge is good for one answer.
    retry: Retry::Never,
    input: &[Field::new("credential", "Credential", Kind::Json)],
    output: &[],
};

/// Returns the user's passkeys, a page at a time.
pub const LIST_WEB_AUTHN_CREDENTIALS: Operation = Operation {
    name: "ListWebAuthnCredentials",
    method: "listWebAuthnCredentials",
    caller: Caller::User,
    effect: Effect::Reads,
    retry: Retry::Transient,
    input: &[Field::new("pageSize", "MaxResults", Kind::Number), Field::new("nextToken", "NextToken", Kind::Text)],
    output: &[
        Output::list(
            "Credentials",
            "credentials",
            &[
                Output::text("CredentialId", "credentialId"),
                Output::text("FriendlyCredentialName", "friendlyCredentialName"),
                Output::text("RelyingPartyId", "relyingPartyId"),
                Output::text("AuthenticatorAttachment", "authenticatorAttachment"),
                Output::words("AuthenticatorTransports", "authenticatorTransports", &[]),
                // Seconds since 1970, with a fraction.
                Output::number("CreatedAt", "createdAt"),
            ],
        ),
        Output::text("NextToken", "nextToken"),
    ],
};

/// Deletes a passkey from the user pool. The authenticator keeps it.
pub const DELETE_WEB_AUTHN_CREDENTIAL: Operation = Operation {
    name: "DeleteWebAuthnCredential",
    method: "deleteWebAuthnCredential",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Throttled,
    input: &[Field::new("credentialId", "CredentialId", Kind::Text).needed()],
    output: &[],
};
