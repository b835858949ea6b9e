//! The file of a user import job: its header, and a user from each row.

/// What becomes of a row.
pub(super) enum Row {
    Failed,
    Imported,
    /// "The user already exists."
    Skipped,
}
