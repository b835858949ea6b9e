//! From a request to a reply.

use super::address::Address;
use super::call::{Call, arn};
use super::error::{S3Error, denied, no_such_bucket, unsupported};
use super::object::METADATA;
use super::operation::Operation;
use super::query::Query;
use super::{Buckets, delete_object, get_object, list_buckets, list_objects, put_object};
use crate::core::iam::{ACCOUNT, AccessKeys, Context, signed};
use crate::core::sigv4::Rules;
use crate::core::wire::http::{HttpRequest, HttpResponse};

/// `x-amz-…` headers that are understood, beside metadata and checksums.
const KNOWN_HEADERS: [&str; 9] = [
    "x-amz-checksum-mode",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-decoded-content-length",
    "x-amz-expected-bucket-owner",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-security-token",
    "x-amz-trailer",
    "x-amz-user-agent",
];

/// The buckets, and who may sign for them.
pub(super) struct Store<'a> {
    pub(super) region: &'a str,
    pub(super) buckets: &'a mut Buckets,
    pub(super) access_keys: &'a AccessKeys,
}

/// Does the work of a request.
///
/// # Errors
/// As S3 answers.
pub(super) fn perform(
    store: Store<'_>,
    request: &HttpRequest,
    address: &Address,
    query: &Query,
    operation: Operation,
    now_ms: u64,
) -> Result<HttpResponse, S3Error> {
    let Store { region, buckets, access_keys } = store;
    let rules = Rules::s3(region);
    let caller = signed::caller(request, &rules, access_keys, now_ms)?;
    let request = &query.lowered(request);
    check_headers(request, operation)?;
    let allowed = |resource: &str, context: &Context| {
        caller.authorize(operation.action(), resource, context).map_err(|refusal| denied(refusal.0))
    };
    let Some(name) = &address.bucket else {
        allowed("*", &Context::default())?;
        return Ok(list_buckets::run(buckets));
    };
    let key = address.key.as_ref().ok().and_then(Option::as_deref).unwrap_or_default();
    let resource = if key.is_empty() { arn(name) } else { format!("{}/{key}", arn(name)) };
    let bucket = buckets.get_mut(name).ok_or_else(|| no_such_bucket(name))?;
    let listed = operation == Operation::ListObjectsV2;
    let about_list = |parameter| query.get(parameter).filter(|_| listed);
    allowed(
        &resource,
        &Context::default().with("s3:prefix", about_list("prefix")).with("s3:delimiter", about_list("delimiter")),
    )?;
    let mut call = Call { request, query, caller: &caller, bucket, key, now_ms };
    match operation {
        Operation::DeleteObject => Ok(delete_object::run(&mut call)),
        Operation::GetObject | Operation::HeadObject => get_object::run(&call),
        Operation::HeadBucket => Ok(HttpResponse::new(200, "application/xml", "").with("x-amz-bucket-region", region)),
        Operation::ListObjectsV2 => list_objects::run(&call),
        Operation::PutObject => put_object::run(&mut call),
        Operation::ListBuckets => Ok(list_buckets::run(buckets)),
    }
}

/// That no header asks for something that would not be done.
fn check_headers(request: &HttpRequest, operation: Operation) -> Result<(), S3Error> {
    for (name, value) in &request.headers {
        let name = name.to_ascii_lowercase();
        let is_known = KNOWN_HEADERS.contains(&name.as_str())
            || operation == Operation::PutObject
                && (name.starts_with(METADATA) || name.starts_with(super::checksum::PREFIX));
        if name.starts_with("x-amz-") && !is_known {
            return Err(unsupported(format_args!("the header {name}")));
        }
        if name == "x-amz-expected-bucket-owner" && value != ACCOUNT {
            return Err(denied("Access Denied"));
        }
    }
    Ok(())
}
