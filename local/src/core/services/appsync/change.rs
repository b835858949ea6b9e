//! What happened to a note, and who wants to be told.

use std::collections::BTreeSet;

use super::notes::Note;

/// What happened to a note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ChangeKind {
    Created,
    Deleted,
    Updated,
}

/// A change, for subscribers.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(super) kind: ChangeKind,
    pub(super) note: Note,
    /// The fields that the mutation selected.
    pub(super) selected: BTreeSet<String>,
}

/// What a subscription wants to be told of.
#[derive(Debug)]
pub(super) struct Watch {
    pub(super) kind: ChangeKind,
    /// Only the notes of this owner.
    pub(super) owner: Option<String>,
}
