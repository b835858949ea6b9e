//! `ListBuckets`.

use super::bucket::{Buckets, CREATED_MS};
use super::xml::{document, element};
use crate::core::iam::ACCOUNT;
use crate::core::wire::date::xml_date;
use crate::core::wire::http::HttpResponse;

pub(super) fn run(buckets: &Buckets) -> HttpResponse {
    let created = element("CreationDate", &xml_date(CREATED_MS));
    let bucket = |name: &String| format!("<Bucket>{}{created}</Bucket>", element("Name", name));
    let all: String = buckets.keys().map(bucket).collect();
    let owner = format!("<Owner>{}</Owner>", element("ID", ACCOUNT));
    HttpResponse::new(
        200,
        "application/xml",
        document("ListAllMyBucketsResult", &format!("<Buckets>{all}</Buckets>{owner}")),
    )
}
