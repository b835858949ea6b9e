//! Who may do what.

use async_graphql::{Error, ErrorExtensions as _};

use super::errors::Refused;
use super::identity::Identity;
use super::notes::Note;
use super::settings::Mode;
use crate::core::iam::Context as Conditions;

/// Whom rights are asked for.
#[derive(Clone)]
pub(super) struct Rights {
    pub(super) identity: Identity,
    /// The ARN of the API.
    pub(super) arn: String,
    pub(super) editors_group: String,
}

impl Rights {
    /// Whether a field may be used at all: who signs needs a policy, who has but an API key only reads.
    ///
    /// # Errors
    /// `Unauthorized`, an error of the field.
    pub(super) fn field(&self, kind: &str, field: &str) -> Result<(), Error> {
        let allowed = match (&self.identity.signer, self.identity.mode) {
            (Some(signer), _) => {
                let resource = format!("{}/types/{kind}/fields/{field}", self.arn);
                signer.authorize("appsync:GraphQL", &resource, &Conditions::default()).is_ok()
            }
            (None, Mode::ApiKey) => kind != "Mutation",
            _ => true,
        };
        if allowed { Ok(()) } else { Err(unauthorized(kind, field)) }
    }

    /// Whether the caller may read a note.
    pub(super) fn sees(&self, note: &Note) -> bool {
        note.shared || self.owns(note)
    }

    /// Whether the caller may write a note.
    pub(super) fn writes(&self, note: &Note) -> bool {
        if note.shared { self.is_editor() } else { self.owns(note) }
    }

    pub(super) fn is_editor(&self) -> bool {
        self.identity.groups.contains(&self.editors_group)
    }

    fn owns(&self, note: &Note) -> bool {
        self.identity.owner.as_ref() == Some(&note.owner)
    }

    /// What the Events API asks of who signs.
    ///
    /// # Errors
    /// `UnauthorizedException`.
    pub(super) fn event(&self, action: &str, path: &str) -> Result<(), Refused> {
        let Some(signer) = &self.identity.signer else { return Ok(()) };
        let allowed = signer.authorize(action, &format!("{}{path}", self.arn), &Conditions::default());
        allowed.map_err(|denied| Refused::new(403, "AccessDeniedException", denied.0))
    }
}

/// The refusal of one field.
pub(super) fn unauthorized(kind: &str, field: &str) -> Error {
    typed("Unauthorized", format!("Not Authorized to access {field} on type {kind}"))
}

/// An error of a field, with its `errorType`.
pub(super) fn typed(kind: &str, message: impl Into<String>) -> Error {
    Error::new(message.into()).extend_with(|_, extensions| extensions.set("errorType", kind))
}
