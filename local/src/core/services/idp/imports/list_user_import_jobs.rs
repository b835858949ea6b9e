//! `ListUserImportJobs`.

use serde::Deserialize;
use serde_json::Value;

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::services::idp::page::{page, place};
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    max_results: usize,
    pagination_token: Option<String>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let list = format!("import jobs {}", pool.id);
    let place: Option<(u64, String)> = place(&list, input.pagination_token.as_deref())?;
    let jobs = pool.imports.iter().map(|job| ((job.created_ms, job.id.clone()), job.shown(&pool.id, context.now_ms)));
    let rest = jobs.filter(|(at, _)| place.as_ref().is_none_or(|place| at > place));
    Ok(page(&list, input.max_results, rest).reply("UserImportJobs", "PaginationToken"))
}
