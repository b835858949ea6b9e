//! The file of a user import job: its header, and a user from each row.

/// What becomes of a row.
pub(super) enum Row {
    Failed,
    Imported,
    /// "The user already exists."
    Skipped,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_part_fields_unless_escaped() {
        assert_eq!(fields(r"a, b ,,c\,d\e"), ["a", "b", "", "c,d\\e"]);
        assert_eq!(fields(""), [""]);
    }
}
