//! The rules of a pool about what `import_file` holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attributes::{Attribute, Writer};
use super::import_file::Row;
use super::imports::{ImportState, Outcome};
use super::{MfaFactor, PoolSettings, User, UserPool, UserStatus};
use crate::core::wire::error::ServiceError;
use crate::core::world::random::Random;

impl PoolSettings {
    /// `CSVHeader`: the attributes of the schema, and whether and by which name a user signs in.
    pub(crate) fn csv_header(&self) -> Vec<&str> {
        let names = self.schema().iter().map(|attribute| attribute.name.as_str()).filter(|name| *name != "sub");
        names.chain([MFA, USERNAME]).collect()
    }
}

impl UserPool {
    /// The job whose file it is time to read: its id, the file and when it was started.
    pub(crate) fn due_import(&self, now_ms: u64) -> Option<(String, Arc<str>, u64)> {
        self.imports.iter().find_map(|job| job.due(now_ms).map(|(file, at_ms)| (job.id.clone(), file, at_ms)))
    }

    /// Whether a job is running.
    pub(crate) fn imports_now(&self) -> bool {
        self.imports.iter().any(|job| matches!(job.state, ImportState::Started { .. }))
    }

    /// # Errors
    /// `UserImportInProgressException`: "you're trying to modify a user pool while a user import job is in progress".
    pub(crate) fn check_no_import(&self) -> Result<(), ServiceError> {
        let text = "A user import job of the user pool is in progress.";
        if self.imports_now() { Err(ServiceError::new("UserImportInProgressException", text)) } else { Ok(()) }
    }

    /// Adds the users of a file.
    pub(crate) fn import(&mut self, file: &str, random: &mut Random, now_ms: u64) -> Outcome {
        let mut lines = file.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
        let header = lines.next().map(fields).unwrap_or_default();
        let mut known: Vec<&str> = self.settings.csv_header();
        let mut given: Vec<&str> = header.iter().map(String::as_str).collect();
        known.sort_unstable();
        given.sort_unstable();
        let mut outcome = Outcome::default();
        // "All columns in the header must be present"; "The order of columns in the CSV file doesn't matter."
        if known != given {
            outcome.refusal = Some("The header of the CSV file does not match the attributes of the user pool.".into());
            return outcome;
        }
        for line in lines {
            *match self.import_row(&header, line, random, now_ms) {
                Row::Failed => &mut outcome.failed,
                Row::Imported => &mut outcome.imported,
                Row::Skipped => &mut outcome.skipped,
            } += 1;
        }
        outcome
    }

    pub(super) fn import_row(&mut self, header: &[String], line: &str, random: &mut Random, now_ms: u64) -> Row {
        let values = fields(line);
        if values.len() != header.len() || line.chars().count() > LONGEST_ROW {
            return Row::Failed;
        }
        let row = header.iter().map(String::as_str).zip(values).filter(|(_, value)| !value.is_empty());
        let mut row: BTreeMap<&str, String> = row.collect();
        let Some(name) = row.remove(USERNAME) else { return Row::Failed };
        let asks_for_codes = match row.remove(MFA).as_deref() {
            Some("true") => true,
            Some("false") => false,
            _ => return Row::Failed,
        };
        // "cognito:mfa_enabled" stands for codes by SMS.
        if asks_for_codes && !row.contains_key("phone_number") {
            return Row::Failed;
        }
        let Ok(named_by) = self.settings.username_attribute(&name) else { return Row::Failed };
        if let Some(attribute) = named_by {
            row.insert(attribute, name.clone());
        }
        if !self.can_be_reached(&row) {
            return Row::Failed;
        }
        let given = row.into_iter().map(|(name, value)| Attribute { name: name.into(), value }).collect();
        let Ok(attributes) = self.settings.checked_attributes(Writer::Admin, given) else { return Row::Failed };
        let is_taken = |alias: &String| {
            attributes.get(alias).is_some_and(|value| self.alias_holder(alias, value, &name).is_some())
        };
        if self.settings.alias_attributes.iter().any(is_taken) {
            return Row::Failed;
        }
        let sub = random.uuid();
        let username = if named_by.is_some() { sub.clone() } else { name };
        // "Your users are in a RESET_REQUIRED state when imported using this method."
        let mut user = User { attributes, ..User::new(username, sub, UserStatus::ResetRequired, now_ms) };
        if asks_for_codes {
            user.mfa.enable(MfaFactor::Sms);
        }
        if self.missing_attributes(&user).next().is_some() {
            return Row::Failed;
        }
        if self.add_user(user).is_ok() { Row::Imported } else { Row::Skipped }
    }

    /// Whether a verified address is there: "At least one of the auto-verified attributes must be true for each user."
    pub(super) fn can_be_reached(&self, row: &BTreeMap<&str, String>) -> bool {
        let is_verified =
            |name: &str| row.get(format!("{name}_verified").as_str()).is_some_and(|value| value == "true");
        let names = ["email", "phone_number"];
        names.into_iter().any(|name| is_verified(name) && self.settings.verifies(name))
            && names.into_iter().all(|name| !is_verified(name) || row.contains_key(name))
    }
}

pub(super) const USERNAME: &str = "cognito:username";

pub(super) const MFA: &str = "cognito:mfa_enabled";

/// "Maximum number of characters in a row" (Developer Guide, "Quotas in Amazon Cognito").
pub(super) const LONGEST_ROW: usize = 16_000;

/// The fields of a line. A comma in a value is written `\,`.
pub(super) fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field) = (Vec::new(), String::new());
    let mut letters = line.trim_end_matches('\r').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => field.push(letters.next_if_eq(&',').unwrap_or(letter)),
            ',' => fields.push(std::mem::take(&mut field)),
            _ => field.push(letter),
        }
    }
    fields.push(field);
    fields.iter().map(|field| field.trim().to_owned()).collect()
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
