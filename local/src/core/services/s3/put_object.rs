//! `PutObject`.

use super::bucket::LONGEST_KEY;
use super::call::Call;
use super::error::S3Error;
use super::object::{KEPT, METADATA, Object};
use super::{body, conditions};
use crate::core::wire::http::HttpResponse;

/// The most metadata that an object has, in bytes.
const MOST_METADATA: usize = 2048;
/// What an object is when nobody says.
const UNKNOWN_TYPE: &str = "binary/octet-stream";

pub(super) fn run(call: &mut Call<'_>) -> Result<HttpResponse, S3Error> {
    let request = call.request;
    if call.key.len() > LONGEST_KEY {
        let size = call.key.len().to_string();
        return Err(S3Error::new(400, "KeyTooLongError", "Your key is too long")
            .with("Size", size)
            .with("MaxSizeAllowed", LONGEST_KEY.to_string()));
    }
    let upload = body::read(request)?;
    conditions::writing(request, call.key, call.bucket.objects.get(call.key))?;
    let mut headers: Vec<(String, String)> =
        KEPT.iter().filter_map(|name| Some(((*name).to_owned(), request.header(name)?.to_owned()))).collect();
    if headers.iter().all(|(name, _)| name != "Content-Type") {
        headers.push(("Content-Type".into(), UNKNOWN_TYPE.into()));
    }
    headers.extend(body::content_encoding(request).map(|value| ("Content-Encoding".to_owned(), value)));
    let metadata: Vec<(String, String)> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .filter(|(name, _)| name.starts_with(METADATA))
        .collect();
    let size: usize = metadata.iter().map(|(name, value)| name.len() - METADATA.len() + value.len()).sum();
    if size > MOST_METADATA {
        return Err(S3Error::new(
            400,
            "MetadataTooLarge",
            "Your metadata headers exceed the maximum allowed metadata size",
        )
        .with("Size", size.to_string())
        .with("MaxSizeAllowed", MOST_METADATA.to_string()));
    }
    headers.extend(metadata);
    let object = Object::new(upload.body, upload.checksum, headers, call.now_ms);
    let mut response = HttpResponse::new(200, "", "");
    response.headers =
        vec![("ETag".into(), object.etag.clone()), ("x-amz-server-side-encryption".into(), "AES256".into())];
    response.headers.extend(object.checksum_headers());
    call.bucket.objects.insert(call.key.to_owned(), object);
    Ok(response)
}
