//! A request whose signature was right.

use super::bucket::Bucket;
use super::error::{S3Error, denied};
use super::operation::LIST;
use super::query::Query;
use crate::core::iam::{Caller, Context};
use crate::core::wire::http::HttpRequest;

/// A request whose signature was right, and whose caller may do what they ask for.
pub(super) struct Call<'a> {
    pub(super) request: &'a HttpRequest,
    pub(super) query: &'a Query,
    pub(super) caller: &'a Caller,
    pub(super) bucket: &'a mut Bucket,
    pub(super) key: &'a str,
    pub(super) now_ms: u64,
}

impl Call<'_> {
    /// What is said about a key that is not there: nothing to those who may not list the bucket.
    pub(super) fn no_such_key(&self) -> S3Error {
        match self.caller.authorize(LIST, &arn(&self.bucket.name), &Context::default()) {
            Ok(()) => super::error::no_such_key(self.key),
            Err(refusal) => denied(refusal.0),
        }
    }
}

pub(super) fn arn(bucket: &str) -> String {
    format!("arn:aws:s3:::{bucket}")
}
