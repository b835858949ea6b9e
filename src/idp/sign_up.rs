//! `SignUp`

use super::TARGET;
use super::code_delivery::{self, CodeDelivery};
use crate::aws_json;
use crate::error::{Error, ResponseProblem};
use crate::json::{Value, Writer};
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// The operation's input.
#[derive(Debug)]
pub struct Input<'a> {
    /// `ClientId`
    pub client_id: &'a str,
    /// `Username`
    pub username: &'a str,
    /// `Password`
    pub password: &'a Secret<String>,
    /// `UserAttributes`
    pub attributes: &'a [(String, String)],
    /// `ValidationData`, for the pre sign-up trigger.
    pub validation_data: &'a [(String, String)],
    /// `ClientMetadata`, for the triggers.
    pub client_metadata: &'a [(String, String)],
}

/// The operation's output.
#[derive(Clone, Debug)]
pub struct Output {
    /// `UserSub`
    pub user_sub: String,
    /// `UserConfirmed`
    pub confirmed: bool,
    /// `CodeDeliveryDetails`
    pub delivery: Option<CodeDelivery>,
}

/// Builds the request.
pub fn request(url: &str, input: &Input<'_>) -> Request {
    let mut body = Writer::object();
    body.str("ClientId", input.client_id);
    body.str("Username", input.username);
    body.secret("Password", input.password);
    body.attributes_if_any("UserAttributes", input.attributes);
    body.attributes_if_any("ValidationData", input.validation_data);
    body.string_map_if_any("ClientMetadata", input.client_metadata);
    aws_json::request(url, TARGET, "SignUp", body)
}

/// Reads the reply.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<Output, Error> {
    let body = aws_json::read_json(response)?;
    Ok(Output {
        user_sub: body.string("UserSub").ok_or_else(|| Error::invalid_response(ResponseProblem::UserSub))?,
        confirmed: body.get("UserConfirmed").and_then(Value::as_bool).unwrap_or(false),
        delivery: code_delivery::read(&body),
    })
}
