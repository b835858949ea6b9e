//! `ResendConfirmationCode`

use super::code_delivery::{self, CodeDelivery};
use super::wire;
use crate::error::Error;
use crate::json::Value;
use crate::platform::{Request, Response};

/// Builds the request.
pub fn request(url: &str, client_id: &str, username: &str, client_metadata: &[(String, String)]) -> Request {
    let body = Value::object([("ClientId", client_id.into()), ("Username", username.into())])
        .with_some("ClientMetadata", wire::metadata(client_metadata));
    wire::request(url, "ResendConfirmationCode", &body)
}

/// Reads the reply.
///
/// # Errors
/// `bad_reply`
pub fn read(response: &Response) -> Result<CodeDelivery, Error> {
    code_delivery::read(&wire::read_json(response)?).ok_or(Error::Reply("CodeDeliveryDetails is missing"))
}
