//! User import jobs ("Importing users into user pools from a CSV file").

use imbl::OrdMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, not_found};
use crate::core::world::rows::{Changes, Row};

const MINUTE_MS: u64 = 60 * 1000;
/// How long a file can be uploaded.
const UPLOAD_MS: u64 = 15 * MINUTE_MS;
/// "Expired - You created a job, but did not start the job within 24-48 hours" (`UserImportJobType`, "Status").
const WAIT_MS: u64 = 24 * 60 * MINUTE_MS;
/// How long a job that was started can still be stopped.
const PENDING_MS: u64 = 1000;

/// One job.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct ImportJob {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) role_arn: String,
    /// Where the file goes, with a secret in it.
    pub(crate) upload_url: String,
    pub(crate) created_ms: u64,
    pub(crate) state: ImportState,
    /// The file, once it is there.
    file: Option<Arc<str>>,
}

/// What has become of a job.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) enum ImportState {
    Created,
    Started { at_ms: u64 },
    Stopped { started_ms: u64, at_ms: u64 },
    Done { started_ms: u64, at_ms: u64, outcome: Outcome },
}

/// How a job ended.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Outcome {
    pub(crate) imported: u64,
    pub(crate) skipped: u64,
    pub(crate) failed: u64,
    /// Why nothing could be read.
    pub(crate) refusal: Option<String>,
}

impl ImportJob {
    pub(crate) fn new(id: String, name: String, role_arn: String, upload_url: String, now_ms: u64) -> Self {
        Self { id, name, role_arn, upload_url, created_ms: now_ms, state: ImportState::Created, file: None }
    }

    /// Takes the file: whether it still can.
    pub(crate) fn upload(&mut self, file: &str, now_ms: u64) -> bool {
        let open = matches!(self.state, ImportState::Created) && now_ms < self.created_ms.saturating_add(UPLOAD_MS);
        if open {
            self.file = Some(file.into());
        }
        open
    }

    /// # Errors
    /// `PreconditionNotMetException` for a job that was started before or has expired, or has no file.
    pub(crate) fn start(&mut self, now_ms: u64) -> Result<(), ServiceError> {
        match self.status(now_ms) {
            "Created" if self.file.is_some() => {
                self.state = ImportState::Started { at_ms: now_ms };
                Ok(())
            }
            "Created" => Err(unmet("No file was uploaded to the job's PreSignedUrl.")),
            status => Err(unmet(format!("The job can't be started. Its status is {status}."))),
        }
    }

    /// # Errors
    /// `PreconditionNotMetException` for a job that is not running.
    pub(crate) fn stop(&mut self, now_ms: u64) -> Result<(), ServiceError> {
        let ImportState::Started { at_ms } = self.state else {
            return Err(unmet(format!("The job can't be stopped. Its status is {}.", self.status(now_ms))));
        };
        self.state = ImportState::Stopped { started_ms: at_ms, at_ms: now_ms };
        Ok(())
    }

    /// The file, when it is time to read it.
    pub(super) fn due(&self, now_ms: u64) -> Option<(Arc<str>, u64)> {
        match self.state {
            ImportState::Started { at_ms } if now_ms >= at_ms.saturating_add(PENDING_MS) => {
                Some((self.file.clone()?, at_ms))
            }
            _ => None,
        }
    }

    /// `UserImportJobStatusType`.
    fn status(&self, now_ms: u64) -> &'static str {
        match &self.state {
            ImportState::Created if now_ms >= self.created_ms.saturating_add(WAIT_MS) => "Expired",
            ImportState::Created => "Created",
            ImportState::Started { .. } => "Pending",
            ImportState::Stopped { at_ms, .. } if now_ms < at_ms.saturating_add(PENDING_MS) => "Stopping",
            ImportState::Stopped { .. } => "Stopped",
            ImportState::Done { outcome, .. } => outcome.status(),
        }
    }

    /// `UserImportJobType`.
    pub(crate) fn shown(&self, pool_id: &str, now_ms: u64) -> Value {
        let mut shown = json!({
            "JobName": self.name,
            "JobId": self.id,
            "UserPoolId": pool_id,
            "PreSignedUrl": self.upload_url,
            "CreationDate": epoch_seconds(self.created_ms),
            "Status": self.status(now_ms),
            "CloudWatchLogsRoleArn": self.role_arn,
        });
        let (started_ms, ended_ms, outcome) = match &self.state {
            ImportState::Created => return shown,
            ImportState::Started { at_ms } => (*at_ms, None, Outcome::default()),
            ImportState::Stopped { started_ms, at_ms } => (*started_ms, Some(*at_ms), Outcome::default()),
            ImportState::Done { started_ms, at_ms, outcome } => (*started_ms, Some(*at_ms), outcome.clone()),
        };
        shown["StartDate"] = json!(epoch_seconds(started_ms));
        shown["ImportedUsers"] = json!(outcome.imported);
        shown["SkippedUsers"] = json!(outcome.skipped);
        shown["FailedUsers"] = json!(outcome.failed);
        if let Some(ended_ms) = ended_ms {
            shown["CompletionDate"] = json!(epoch_seconds(ended_ms));
            shown["CompletionMessage"] = json!(match self.state {
                ImportState::Done { .. } => outcome.message(),
                _ => "The import job was stopped.",
            });
        }
        shown
    }
}

impl Outcome {
    fn status(&self) -> &'static str {
        let failed = self.refusal.is_some() || self.imported == 0 && self.failed + self.skipped > 0;
        if failed { "Failed" } else { "Succeeded" }
    }

    /// The two texts of the AWS CLI's examples, or why nothing could be read.
    fn message(&self) -> &str {
        match &self.refusal {
            Some(refusal) => refusal,
            None if self.status() == "Failed" => "Too many users have failed or been skipped during the import.",
            None => "Import Job Completed Successfully.",
        }
    }
}

/// All jobs of one pool, the newest last.
#[derive(Clone, Default)]
pub(crate) struct Imports(OrdMap<String, Row<ImportJob>>);

impl Imports {
    pub(crate) fn add(&mut self, job: ImportJob) {
        self.0.insert(format!("{:020} {}", job.created_ms, job.id), Row::new(job));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &ImportJob> {
        self.0.values().map(|job| &**job)
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn get(&mut self, id: &str) -> Result<&mut ImportJob, ServiceError> {
        let key = self.0.iter().find(|(_, job)| job.id == id).map(|(key, _)| key.clone());
        let job = key.and_then(|key| self.0.get_mut(&key)).map(Row::edit);
        job.ok_or_else(|| not_found(format!("The user import job {id} does not exist.")))
    }
}

pub(crate) fn unmet(text: impl Into<std::borrow::Cow<'static, str>>) -> ServiceError {
    ServiceError::new("PreconditionNotMetException", text)
}

impl Imports {
    /// What has changed.
    pub(super) fn changes(before: Option<&Self>, now: Option<&Self>, path: &[&str], changes: &mut Changes) {
        changes.table(path, before.map(|all| &all.0), now.map(|all| &all.0));
    }
}
