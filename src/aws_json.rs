//! AWS JSON 1.1: the envelope of every request and reply.

use crate::error::{Error, ErrorKind, ResponseProblem, ServiceError};
use crate::json::{Value, Writer};
use crate::platform::{Request, Response};

/// An answer takes up to a second or two; a trigger may take five.
const DEADLINE_MS: u32 = 15_000;

/// A request of one operation to a service at `url`; `target` is what the operation's name stands behind.
pub(crate) fn request(url: &str, target: &str, operation: &str, body: Writer) -> Request {
    Request {
        method: "POST",
        url: url.to_owned(),
        headers: vec![
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            ("x-amz-target", [target, operation].concat()),
        ],
        body: body.finish(),
        deadline_ms: DEADLINE_MS,
        hash_of: None,
        bypass_cache: false,
    }
}

/// Takes a reply that is not an error.
///
/// # Errors
/// `service` if the service answered with an error, `invalid_response` if this is no answer of the service.
pub fn accept(response: Response) -> Result<Response, Error> {
    if response.status == 200 { Ok(response) } else { Err(read_error(&response)) }
}

/// Reads the object in an accepted reply.
pub(crate) fn read_json(response: &Response) -> Result<Value, Error> {
    Value::parse(response.body.expose_secret())
        .filter(|body| body.members().is_some())
        .ok_or_else(|| Error::invalid_response(ResponseProblem::NotJson))
}

fn read_error(response: &Response) -> Error {
    let body = Value::parse(response.body.expose_secret()).unwrap_or_default();
    // The body comes first: a browser sees the header only where CORS exposes it.
    let raw_name = ["__type", "code"]
        .iter()
        .find_map(|key| body.str(key))
        .or_else(|| response.header("x-amzn-errortype"))
        .map(|raw| raw.rsplit('#').next().unwrap_or(raw))
        .and_then(|raw| raw.split([':', ',']).next())
        .filter(|name| !name.is_empty());
    let Some(name) = raw_name else {
        return match response.status {
            429 => service(response, "TooManyRequestsException", "Rate exceeded"),
            500.. => service(response, "InternalErrorException", "The service has an internal error."),
            _ => Error::invalid_response(ResponseProblem::UnnamedError),
        };
    };
    service(response, name, body.str("message").or_else(|| body.str("Message")).unwrap_or_default())
}

/// An error of the service.
pub(crate) fn service(response: &Response, name: &str, message: &str) -> Error {
    ErrorKind::Service(ServiceError {
        name: name.to_owned(),
        message: message.to_owned(),
        status: response.status,
        request_id: response.header("x-amzn-requestid").map(str::to_owned),
        retry_after_ms: response.header("retry-after").and_then(|text| {
            let seconds: u32 = text.trim().parse().ok()?;
            seconds.checked_mul(1000)
        }),
    })
    .into()
}
