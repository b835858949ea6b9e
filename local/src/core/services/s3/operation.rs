//! Which operation a request is, told by its method, by what it is about, and by its query.

use super::address::{Address, NotText};
use super::error::{S3Error, unsupported};
use super::query::Query;
use crate::core::wire::http::HttpRequest;

/// The operations that are there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operation {
    DeleteObject,
    GetObject,
    HeadBucket,
    HeadObject,
    ListBuckets,
    ListObjectsV2,
    PutObject,
}

impl Operation {
    /// # Errors
    /// `MethodNotAllowed`, `InvalidURI`, or `NotImplemented` for what S3 has and this emulator has not.
    pub(super) fn of(request: &HttpRequest, address: &Address, query: &Query) -> Result<Self, S3Error> {
        let key = address
            .key
            .as_ref()
            .map_err(|NotText| S3Error::new(400, "InvalidURI", "Couldn't parse the specified URI."))?;
        let (operation, known): (_, &[&str]) = match (request.method.as_str(), &address.bucket, key) {
            ("GET", None, _) => (Self::ListBuckets, &[]),
            ("GET", Some(_), None) if query.get("list-type") == Some("2") => (Self::ListObjectsV2, &LIST_PARAMETERS),
            ("GET", Some(_), None) => {
                return Err(unsupported("this request to a bucket: of lists, only ListObjectsV2 is there"));
            }
            ("HEAD", Some(_), None) => (Self::HeadBucket, &[]),
            ("GET", Some(_), Some(_)) => (Self::GetObject, &REPLY_HEADERS),
            ("HEAD", Some(_), Some(_)) => (Self::HeadObject, &REPLY_HEADERS),
            ("PUT", Some(_), Some(_)) => (Self::PutObject, &[]),
            ("DELETE", Some(_), Some(_)) => (Self::DeleteObject, &[]),
            ("PUT" | "DELETE" | "POST", Some(_), None) | ("POST", Some(_), Some(_)) => {
                return Err(unsupported(
                    "this request: buckets are made by the configuration, and objects by PutObject",
                ));
            }
            (method, ..) => {
                let text = "The specified method is not allowed against this resource.";
                return Err(S3Error::new(405, "MethodNotAllowed", text).with("Method", method));
            }
        };
        query.only(known)?;
        Ok(operation)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::DeleteObject => "DeleteObject",
            Self::GetObject => "GetObject",
            Self::HeadBucket => "HeadBucket",
            Self::HeadObject => "HeadObject",
            Self::ListBuckets => "ListBuckets",
            Self::ListObjectsV2 => "ListObjectsV2",
            Self::PutObject => "PutObject",
        }
    }

    /// The right that it needs (Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3").
    pub(super) fn action(self) -> &'static str {
        match self {
            Self::DeleteObject => "s3:DeleteObject",
            Self::GetObject | Self::HeadObject => "s3:GetObject",
            Self::HeadBucket | Self::ListObjectsV2 => LIST,
            Self::ListBuckets => "s3:ListAllMyBuckets",
            Self::PutObject => "s3:PutObject",
        }
    }
}

/// The right to list a bucket, which also lets know that a key is not there.
pub(super) const LIST: &str = "s3:ListBucket";

const LIST_PARAMETERS: [&str; 8] = [
    "list-type",
    "prefix",
    "delimiter",
    "max-keys",
    "continuation-token",
    "start-after",
    "encoding-type",
    "fetch-owner",
];

/// Query parameters that change headers of the reply, and the headers.
pub(super) const REPLY_HEADERS: [&str; 6] = [
    "response-content-type",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-expires",
];
