//! Pages of groups and members.

use crate::core::wire::error::{ServiceError, not_found};

/// The largest page of `QueryLimitType`, and what a page has without a limit.
pub(super) const LARGEST_PAGE: usize = 60;

/// How long a page is: 0 asks for no limit of one's own, as an absent limit does.
pub(super) fn page_length(limit: Option<usize>) -> usize {
    limit.filter(|limit| *limit > 0).unwrap_or(LARGEST_PAGE)
}

pub(super) fn group_not_found() -> ServiceError {
    not_found("Group not found.")
}
