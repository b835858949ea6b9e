//! Conditional requests (Amazon S3 User Guide, "Conditional requests").

use chrono::DateTime;

use super::error::{S3Error, no_such_key, precondition_failed, unsupported};
use super::object::Object;
use crate::core::wire::http::HttpRequest;

/// Whether an object may be read (RFC 9110, section 13.2.2).
///
/// # Errors
/// 412, or 304 where nothing has changed.
pub(super) fn reading(request: &HttpRequest, object: &Object) -> Result<(), S3Error> {
    let date = |name: &str| {
        let time = DateTime::parse_from_rfc2822(request.header(name)?).ok()?;
        u64::try_from(time.timestamp()).ok()
    };
    match (request.header("If-Match"), date("If-Unmodified-Since")) {
        (Some(tags), _) if !names(tags, object) => return Err(precondition_failed("If-Match")),
        (None, Some(since)) if object.modified_s() > since => return Err(precondition_failed("If-Unmodified-Since")),
        _ => {}
    }
    match (request.header("If-None-Match"), date("If-Modified-Since")) {
        (Some(tags), _) if names(tags, object) => Err(S3Error::Unchanged(object.described())),
        (None, Some(since)) if object.modified_s() <= since => Err(S3Error::Unchanged(object.described())),
        _ => Ok(()),
    }
}

/// Whether an object may be written where another is, or none.
///
/// # Errors
/// `PreconditionFailed`, `NoSuchKey`, or `NotImplemented` for what S3 does not know.
pub(super) fn writing(request: &HttpRequest, key: &str, old: Option<&Object>) -> Result<(), S3Error> {
    match request.header("If-None-Match").map(str::trim) {
        None => {}
        Some("*") if old.is_none() => {}
        Some("*") => return Err(precondition_failed("If-None-Match")),
        Some(_) => return Err(unsupported("If-None-Match with anything but * on uploads")),
    }
    match (request.header("If-Match"), old) {
        (Some(_), None) => Err(no_such_key(key)),
        (Some(tags), Some(old)) if !names(tags, old) => Err(precondition_failed("If-Match")),
        _ => Ok(()),
    }
}

/// Whether a list of entity tags has that of an object. Quotes may be missing.
fn names(tags: &str, object: &Object) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").trim_matches('"').to_owned();
    tags.split(',').any(|tag| tag.trim() == "*" || bare(tag) == bare(&object.etag))
}
