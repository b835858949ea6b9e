//! Objects.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::checksum::{Algorithm, PREFIX, etag};
use crate::core::wire::date::http_date;

/// One object.
#[derive(Clone)]
pub(super) struct Object {
    pub(super) body: Vec<u8>,
    pub(super) etag: String,
    pub(super) checksum: (Algorithm, String),
    /// Those that come back with it, by name: `Content-Type`, `x-amz-meta-…` and so on.
    pub(super) headers: Vec<(String, String)>,
    pub(super) modified_ms: u64,
}

/// Headers of an upload that come back with the object.
pub(super) const KEPT: [&str; 5] =
    ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Language", "Expires"];
/// What headers with metadata begin with.
pub(super) const METADATA: &str = "x-amz-meta-";

impl Object {
    pub(super) fn new(
        body: Vec<u8>,
        checksum: (Algorithm, String),
        headers: Vec<(String, String)>,
        modified_ms: u64,
    ) -> Self {
        Self { etag: etag(&body), body, checksum, headers, modified_ms }
    }

    /// Whole seconds, as dates in headers have them.
    pub(super) fn modified_s(&self) -> u64 {
        self.modified_ms / 1000
    }

    /// What every reply about it has.
    pub(super) fn described(&self) -> Vec<(String, String)> {
        let mut headers = vec![
            ("Last-Modified".to_owned(), http_date(self.modified_ms)),
            ("ETag".to_owned(), self.etag.clone()),
            ("x-amz-server-side-encryption".to_owned(), "AES256".to_owned()),
        ];
        headers.extend(self.headers.iter().map(|(name, value)| (name.clone(), as_header(value))));
        headers
    }

    /// For those who ask with `x-amz-checksum-mode`.
    pub(super) fn checksum_headers(&self) -> [(String, String); 2] {
        let (algorithm, value) = &self.checksum;
        [(format!("{PREFIX}{}", algorithm.name()), value.clone()), (format!("{PREFIX}type"), "FULL_OBJECT".to_owned())]
    }
}

/// What is no ASCII is written as RFC 2047 says.
fn as_header(value: &str) -> String {
    let plain = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if plain { value.to_owned() } else { format!("=?UTF-8?B?{}?=", STANDARD.encode(value)) }
}
