//! The body of an upload, whole and checked.

use super::checksum::{Algorithm, PREFIX, md5};
use super::chunked;
use super::chunked::Chunked;
use super::error::{S3Error, invalid_request, unsupported};
use crate::core::wire::http::HttpRequest;

/// What was uploaded, and its checksum.
pub(super) struct Upload {
    pub(super) body: Vec<u8>,
    pub(super) checksum: (Algorithm, String),
}

/// A stream whose chunks are not signed; the SDKs end it with a checksum.
const UNSIGNED_STREAM: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/// Reads a body whose signature was checked.
///
/// # Errors
/// `BadDigest`, `IncompleteBody`, `InvalidRequest`, `NotImplemented`.
pub(super) fn read(request: &HttpRequest) -> Result<Upload, S3Error> {
    let word = request.header("x-amz-content-sha256").unwrap_or_default();
    let is_chunked = encodings(request).any(|encoding| encoding.eq_ignore_ascii_case("aws-chunked"));
    let Chunked { body, trailers } = match word {
        UNSIGNED_STREAM => chunked::read(&request.body)?,
        _ if word.starts_with("STREAMING-") => return Err(unsupported(format_args!("bodies of kind {word}"))),
        // A presigned URL has no such word.
        _ if is_chunked => chunked::read(&request.body)?,
        _ => Chunked { body: request.body.clone(), trailers: Vec::new() },
    };
    if let Some(length) = request.header("x-amz-decoded-content-length")
        && length.parse() != Ok(body.len())
    {
        let text = "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header.";
        return Err(S3Error::new(400, "IncompleteBody", text));
    }
    let announced = request.header("x-amz-trailer").map(str::to_ascii_lowercase);
    if announced.as_ref().is_some_and(|name| trailers.iter().all(|(other, _)| other != name)) {
        return Err(S3Error::new(
            400,
            "MalformedTrailerError",
            "The request contained trailing data that was not well-formed",
        ));
    }
    if let Some(sent) = request.header("Content-MD5")
        && sent != md5(&body)
    {
        return Err(bad_digest("Content-MD5"));
    }
    Ok(Upload { checksum: checksum(request, &trailers, &body)?, body })
}

/// `Content-Encoding` without the coding that only the upload has.
pub(super) fn content_encoding(request: &HttpRequest) -> Option<String> {
    let kept: Vec<&str> = encodings(request).filter(|encoding| !encoding.eq_ignore_ascii_case("aws-chunked")).collect();
    Some(kept.join(",")).filter(|kept| !kept.is_empty())
}

fn encodings(request: &HttpRequest) -> impl Iterator<Item = &str> {
    request
        .header("Content-Encoding")
        .into_iter()
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

/// The checksum that came with it, in a header or after the body; or the one that S3 makes then.
fn checksum(request: &HttpRequest, trailers: &[(String, String)], body: &[u8]) -> Result<(Algorithm, String), S3Error> {
    let headers = request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
    let mut sent = headers.chain(trailers.iter().cloned()).filter_map(|(name, value)| {
        // `x-amz-checksum-type` and the like say something about a checksum.
        let kind = Algorithm::ALL.into_iter().find(|kind| name.strip_prefix(PREFIX) == Some(kind.name()))?;
        Some((kind, value))
    });
    let first = sent.next();
    if sent.next().is_some() {
        return Err(invalid_request(
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
        ));
    }
    let named = request.header("x-amz-sdk-checksum-algorithm").map(str::to_ascii_lowercase);
    match (first, named) {
        (Some((kind, _)), Some(named)) if kind.name() != named => {
            Err(invalid_request("Value for x-amz-sdk-checksum-algorithm header is invalid."))
        }
        (None, Some(_)) => Err(invalid_request(
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
        )),
        (Some((kind, value)), _) if kind.of(body) != value => Err(bad_digest(&kind.name().to_ascii_uppercase())),
        (Some(found), _) => Ok(found),
        (None, None) => Ok((Algorithm::Crc64Nvme, Algorithm::Crc64Nvme.of(body))),
    }
}

fn bad_digest(kind: &str) -> S3Error {
    S3Error::new(400, "BadDigest", format!("The {kind} you specified did not match the calculated checksum."))
}
