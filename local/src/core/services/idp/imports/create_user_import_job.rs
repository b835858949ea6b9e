//! `CreateUserImportJob`.

use serde::Deserialize;
use serde_json::Value;

use super::jobs::shown;
use super::upload::url;
use crate::core::directory::{ImportJob, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, unsupported};

/// How many jobs a pool may have (Developer Guide, "Quotas in Amazon Cognito").
const MOST: usize = 1000;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    job_name: String,
    cloud_watch_logs_role_arn: String,
    password_hashing_algorithm: Option<String>,
}

pub(super) fn run(
    pool: &mut UserPool,
    context: &mut Context<'_>,
    base: &str,
    input: Input,
) -> Result<Value, ServiceError> {
    if input.password_hashing_algorithm.is_some() {
        return Err(unsupported("PasswordHashingAlgorithm: SRP can't be served from the hash of a password"));
    }
    if pool.imports.len() >= MOST {
        return Err(ServiceError::new("LimitExceededException", "The user pool has too many import jobs."));
    }
    let letters = |text: String| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let id = format!("import-{}", &letters(context.random.uuid())[..10]);
    let url = url(base, &pool.id, &id, context.random);
    let job = ImportJob::new(id.clone(), input.job_name, input.cloud_watch_logs_role_arn, url, context.now_ms);
    pool.imports.add(job);
    shown(pool, &id, context)
}
