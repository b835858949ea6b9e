//! The upload of a job's file, in place of the pre-signed URL of a bucket of AWS's.

use crate::core::directory::Pools;
use crate::core::service::{Desk, Named, Service};
use crate::core::wire::cors;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;
use crate::core::world::random::Random;

/// What the path of an upload begins with; pool and job follow.
const PATH: &str = "/user-import/";
/// "Maximum size of a CSV file" is 100 MB (Developer Guide, "Quotas in Amazon Cognito").
const LARGEST_FILE: usize = 100 * 1024 * 1024;

/// The address that a job's file goes to.
pub(super) fn url(base: &str, pool_id: &str, job_id: &str, random: &mut Random) -> String {
    format!("{base}{PATH}{pool_id}/{job_id}?X-Amz-Signature={}", random.base64url::<32>())
}

/// The uploads as a service.
pub(crate) struct UserImportUploads;

impl Service for UserImportUploads {
    fn takes(&self, request: &HttpRequest) -> bool {
        request.path().starts_with(PATH)
    }

    fn name(&self, _request: &HttpRequest) -> Option<Named> {
        Some(Named::new("user-import"))
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        upload(&mut desk.shared.pools, request, desk.now_ms)
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        text(fault.status.unwrap_or(503), fault.message.as_deref().unwrap_or("This fault was ordered."))
    }

    fn preflight(&self, request: &HttpRequest, _now_ms: u64) -> HttpResponse {
        cors::preflight(request, "PUT")
    }
}

/// Takes a file, as S3 would: who knows the address may upload.
fn upload(pools: &mut Pools, request: &HttpRequest, now_ms: u64) -> HttpResponse {
    if request.method != "PUT" {
        return text(405, "Upload the file by PUT.");
    }
    let (pool_id, job_id) = request.path()[PATH.len()..].split_once('/').unwrap_or_default();
    let job = pools.get(pool_id).ok().and_then(|pool| pool.imports.get(job_id).ok());
    let Some(job) = job.filter(|job| job.upload_url.ends_with(&request.target)) else {
        return text(403, "This is not the PreSignedUrl of a user import job.");
    };
    if request.body.len() > LARGEST_FILE {
        return text(400, "The file is too large.");
    }
    let Ok(file) = std::str::from_utf8(&request.body) else { return text(400, "The file is not in UTF-8.") };
    if job.upload(file, now_ms) { text(200, "") } else { text(403, "The upload URL has expired.") }
}

fn text(status: u16, text: &str) -> HttpResponse {
    HttpResponse::new(status, "text/plain; charset=utf-8", text)
}
