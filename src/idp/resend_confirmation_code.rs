//! `ResendConfirmationCode`

use super::TARGET;
use super::code_delivery::{self, CodeDelivery};
use crate::aws_json;
use crate::error::{Error, ResponseProblem};
use crate::json::Writer;
use crate::platform::{Request, Response};

/// Builds the request.
pub fn request(url: &str, client_id: &str, username: &str, client_metadata: &[(String, String)]) -> Request {
    let mut body = Writer::object();
    body.str("ClientId", client_id);
    body.str("Username", username);
    body.string_map_if_any("ClientMetadata", client_metadata);
    aws_json::request(url, TARGET, "ResendConfirmationCode", body)
}

/// Reads the reply.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<CodeDelivery, Error> {
    code_delivery::read(&aws_json::read_json(response)?)
        .ok_or_else(|| Error::invalid_response(ResponseProblem::CodeDeliveryDetails))
}
