//! From a request to its operation, and from the result to a reply.

use crc::{CRC_32_ISO_HDLC, Crc};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::call::{Call, Context};
use super::error::Failure;
use super::{delete_item, describe_table, get_item, list_tables, put_item, query, scan, update_item};
use crate::core::iam::signed;
use crate::core::iam::signed::refused;
use crate::core::service::ordered_json_error;
use crate::core::sigv4::Rules;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::json_service;
use crate::core::wire::json_service::Body;
use crate::core::wire::shapes::DYNAMODB;
use crate::core::world::faults::Fault;

/// What `X-Amz-Target` begins with.
pub(super) const PREFIX: &str = "DynamoDB_20120810.";

const CONTENT_TYPE: &str = "application/x-amz-json-1.0";
const CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// Does the work of a request.
pub(super) fn answer(context: Context<'_>, request: &HttpRequest, operation: &str, body: Body) -> HttpResponse {
    reply(perform(context, request, operation, body))
}

/// The error that a fault of kind `error` asks for.
pub(super) fn ordered_error(fault: &Fault) -> HttpResponse {
    let mut error = ordered_json_error(fault);
    if fault.error_type.is_none() {
        error.kind = match fault.status {
            Some(429) => "ThrottlingException",
            Some(500..) => "InternalServerError",
            _ => "ValidationException",
        }
        .into();
    }
    reply(Err(error.into()))
}

fn perform(context: Context<'_>, request: &HttpRequest, operation: &str, body: Body) -> Result<Json, Failure> {
    let known = json_service::operation(&DYNAMODB, request, operation)?;
    let Context { region, tables, access_keys, now_ms } = context;
    let caller = signed::caller(request, &Rules::of("dynamodb", region), access_keys, now_ms).map_err(refused)?;
    let body = json_service::value(body)?;
    let call = Call { tables, caller, operation };
    let shape = known.input.as_deref().unwrap_or_default();
    match operation {
        "DeleteItem" => run(call, shape, body, delete_item::run),
        "DescribeTable" => run(call, shape, body, describe_table::run),
        "GetItem" => run(call, shape, body, get_item::run),
        "ListTables" => run(call, shape, body, list_tables::run),
        "PutItem" => run(call, shape, body, put_item::run),
        "Query" => run(call, shape, body, query::run),
        "Scan" => run(call, shape, body, scan::run),
        "UpdateItem" => run(call, shape, body, update_item::run),
        _ => Err(json_service::unsupported_operation(operation).into()),
    }
}

fn run<'a, Input: DeserializeOwned>(
    mut call: Call<'a>,
    shape: &str,
    body: Json,
    operation: fn(&mut Call<'a>, Input) -> Result<Json, Failure>,
) -> Result<Json, Failure> {
    operation(&mut call, DYNAMODB.read(shape, body)?)
}

/// A reply, with the checksum that SDKs compare.
fn reply(outcome: Result<Json, Failure>) -> HttpResponse {
    let (status, body) = match &outcome {
        Ok(body) => (200, body.to_string()),
        Err(failure) => (failure.status(), failure.body().to_string()),
    };
    let sum = CRC32.checksum(body.as_bytes());
    let response = HttpResponse::new(status, CONTENT_TYPE, body).with("x-amz-crc32", sum.to_string());
    match outcome {
        Ok(_) => response,
        Err(failure) => response.with("x-amzn-ErrorType", failure.kind().replace(|c: char| !c.is_ascii_graphic(), "")),
    }
}
