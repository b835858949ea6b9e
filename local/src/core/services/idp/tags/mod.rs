//! Tags of user pools.

mod list_tags_for_resource;
mod tag_resource;
mod untag_resource;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "ListTagsForResource" => run.with(list_tags_for_resource::run),
        "TagResource" => run.with(tag_resource::run),
        "UntagResource" => run.with(untag_resource::run),
        _ => return None,
    })
}
