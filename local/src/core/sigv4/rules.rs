//! How services differ.

/// What one service wants of its signatures.
#[derive(Clone, Debug)]
pub(crate) struct Rules<'a> {
    pub(crate) region: &'a str,
    /// The service's name in credential scopes.
    pub(crate) service: &'a str,
    /// How far the clocks may be apart, in minutes.
    pub(crate) skew_minutes: u64,
    /// The path is encoded once more for signing. S3 does not.
    pub(super) escape_path: bool,
    /// `.`, `..` and empty segments of the path are resolved for signing. S3 does not.
    pub(super) normalize_path: bool,
    /// S3: `x-amz-content-sha256` is needed in headers, the body of a presigned URL is not signed, and every `x-amz-*` header is.
    pub(super) is_s3: bool,
    /// The session token of a presigned URL was added after signing, as IoT wants it.
    pub(super) token_after_signing: bool,
}

impl<'a> Rules<'a> {
    /// The rules of most services: 15 minutes.
    pub(crate) fn of(service: &'a str, region: &'a str) -> Self {
        Self {
            region,
            service,
            skew_minutes: 15,
            escape_path: true,
            normalize_path: true,
            is_s3: false,
            token_after_signing: false,
        }
    }

    /// API Gateway: 5 minutes.
    pub(crate) fn execute_api(region: &'a str) -> Self {
        Self { skew_minutes: 5, ..Self::of("execute-api", region) }
    }

    /// S3: keys are taken as they are.
    pub(crate) fn s3(region: &'a str) -> Self {
        Self { escape_path: false, normalize_path: false, is_s3: true, ..Self::of("s3", region) }
    }
}
