//! `SignUp`

use super::code_delivery::{self, CodeDelivery};
use super::wire;
use crate::error::Error;
use crate::json::Value;
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
    let body = Value::object([
        ("ClientId", input.client_id.into()),
        ("Username", input.username.into()),
        ("Password", input.password.into()),
    ])
    .with_some("UserAttributes", wire::attributes(input.attributes))
    .with_some("ValidationData", wire::attributes(input.validation_data))
    .with_some("ClientMetadata", wire::metadata(input.client_metadata));
    wire::request(url, "SignUp", &body)
}

/// Reads the reply.
///
/// # Errors
/// `bad_reply`
pub fn read(response: &Response) -> Result<Output, Error> {
    let body = wire::read_json(response)?;
    Ok(Output {
        user_sub: body.string("UserSub").ok_or(Error::Reply("UserSub is missing"))?,
        confirmed: body.get("UserConfirmed").and_then(Value::as_bool).unwrap_or(false),
        delivery: code_delivery::read(&body),
    })
}
