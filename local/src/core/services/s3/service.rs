//! The buckets as a service.

use serde_json::Value;

use super::address::Address;
use super::answer::{Store, perform};
use super::bucket::Bucket;
use super::error::ordered;
use super::operation::Operation;
use super::query::Query;
use super::{Buckets, cors};
use crate::core::service::{Desk, Named, Service, Shared};
use crate::core::wire::date::http_date;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;
use crate::core::world::random::Random;

/// A small Amazon S3.
pub(crate) struct S3 {
    region: String,
    configured: Vec<Bucket>,
    buckets: Buckets,
}

impl S3 {
    pub(crate) fn new(region: &str, configured: Vec<Bucket>) -> Self {
        let buckets = fresh(&configured);
        Self { region: region.into(), configured, buckets }
    }

    fn address(&self, request: &HttpRequest) -> Option<Address> {
        Address::of(request, &self.region, &self.configured)
    }

    /// The bucket as the configuration has it: cross-origin rules are the configuration's.
    fn configured(&self, request: &HttpRequest) -> (String, Option<&Bucket>) {
        let name = self.address(request).and_then(|address| address.bucket).unwrap_or_default();
        let bucket = self.configured.iter().find(|bucket| bucket.name == name);
        (name, bucket)
    }
}

fn fresh(configured: &[Bucket]) -> Buckets {
    configured.iter().map(|bucket| (bucket.name.clone(), bucket.clone())).collect()
}

impl Service for S3 {
    fn takes(&self, request: &HttpRequest) -> bool {
        self.address(request).is_some()
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        let operation = Operation::of(request, &self.address(request)?, &Query::of(request));
        Some(Named::new(operation.map_or("(S3)", |operation| operation.name())))
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let Some(address) = self.address(request) else { return HttpResponse::new(404, "text/plain", "") };
        let (query, now_ms) = (Query::of(request), desk.now_ms);
        let done = Operation::of(request, &address, &query).and_then(|operation| {
            let access_keys = &desk.shared.access_keys;
            let store = Store { region: &self.region, buckets: &mut self.buckets, access_keys };
            perform(store, request, &address, &query, operation, now_ms)
        });
        done.unwrap_or_else(|error| error.response(now_ms))
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered(fault)
    }

    fn preflight(&self, request: &HttpRequest, now_ms: u64) -> HttpResponse {
        let (name, bucket) = self.configured(request);
        cors::preflight(bucket, &name, request).with("Date", http_date(now_ms))
    }

    fn finish(&self, request: &HttpRequest, reply: HttpResponse, random: &mut Random, now_ms: u64) -> HttpResponse {
        let id = random.text(16, b"0123456789ABCDEFGHJKMNPQRSTVWXYZ");
        let mut reply = cors::expose(self.configured(request).1, request, reply).with("x-amz-request-id", id);
        if request.method == "HEAD" {
            // Nothing follows the headers.
            if reply.header("Content-Length").is_none() {
                reply = reply.with("Content-Length", "0");
            }
            reply.body.clear();
        }
        reply.with("Date", http_date(now_ms)).with("Server", "AmazonS3")
    }

    fn reset(&mut self, _now_ms: u64) {
        self.buckets = fresh(&self.configured);
    }

    fn describe(&self, _shared: &Shared, _base: &str) -> Vec<(&'static str, Value)> {
        vec![("buckets", self.buckets.values().map(Bucket::show).collect())]
    }
}
