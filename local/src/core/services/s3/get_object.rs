//! `GetObject` and `HeadObject`.

use super::call::Call;
use super::error::S3Error;
use super::operation::REPLY_HEADERS;
use super::range::OutOfReach;
use super::{conditions, range};
use crate::core::wire::http::HttpResponse;

pub(super) fn run(call: &Call<'_>) -> Result<HttpResponse, S3Error> {
    let request = call.request;
    let object = call.bucket.objects.get(call.key).ok_or_else(|| call.no_such_key())?;
    conditions::reading(request, object)?;
    let length = object.body.len();
    let part = range::read(request.header("Range"), length).map_err(|OutOfReach| {
        S3Error::new(416, "InvalidRange", "The requested range is not satisfiable")
            .with("RangeRequested", request.header("Range").unwrap_or_default())
            .with("ActualObjectSize", length.to_string())
    })?;
    let mut headers = object.described();
    for name in REPLY_HEADERS {
        if let Some(value) = call.query.get(name) {
            let header = name.trim_start_matches("response-");
            headers.retain(|(other, _)| !other.eq_ignore_ascii_case(header));
            headers.push((header.to_owned(), value.to_owned()));
        }
    }
    if part.is_none() && request.header("x-amz-checksum-mode").is_some_and(|mode| mode.eq_ignore_ascii_case("ENABLED"))
    {
        headers.extend(object.checksum_headers());
    }
    headers.push(("Accept-Ranges".into(), "bytes".into()));
    let status = if part.is_some() { 206 } else { 200 };
    if let Some(part) = &part {
        headers.push(("Content-Range".into(), format!("bytes {}-{}/{length}", part.start, part.end - 1)));
    }
    let body = object.body[part.unwrap_or(0..length)].to_vec();
    if request.method == "HEAD" {
        headers.push(("Content-Length".into(), body.len().to_string()));
    }
    let mut response = HttpResponse::new(status, "", body);
    response.headers = headers;
    Ok(response)
}
