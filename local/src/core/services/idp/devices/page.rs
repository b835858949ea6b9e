//! What an administrator's and a user's view of devices have in common.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Device, UserPool};
use crate::core::wire::error::{ServiceError, invalid, not_found};

const LARGEST_PAGE: usize = 60;

/// Which page: no limit, and a limit of 0, mean as much as there may be.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Page {
    pub(super) limit: Option<usize>,
    pub(super) pagination_token: Option<String>,
}

/// The internal name of the user whose devices an administrator looks at. `AdminGetDevice` and `AdminListDevices` know no
/// `UserNotFoundException`.
///
/// # Errors
/// `ResourceNotFoundException`.
pub(super) fn owner(pool: &UserPool, login: &str) -> Result<String, ServiceError> {
    pool.find(login).map(|user| user.username.clone()).ok_or_else(|| not_found("User does not exist."))
}

/// `ListDevicesResponse`.
///
/// # Errors
/// As [`UserPool::devices`]; `InvalidParameterException` for a token that none of these pages had.
pub(super) fn page(pool: &mut UserPool, username: &str, page: &Page) -> Result<Value, ServiceError> {
    let pool_id = pool.id.clone();
    let devices = pool.devices(username)?;
    let after = page.pagination_token.as_deref().map(last_key).transpose()?.unwrap_or_default();
    let limit = page.limit.filter(|limit| *limit > 0).unwrap_or(LARGEST_PAGE);
    let mut rest = devices.after(&after);
    let shown: Vec<&Device> = rest.by_ref().take(limit).collect();
    let mut reply =
        json!({ "Devices": shown.iter().map(|device| device.shown(&pool_id, username)).collect::<Vec<_>>() });
    if let (Some(last), Some(_)) = (shown.last(), rest.next()) {
        reply["PaginationToken"] = json!(URL_SAFE_NO_PAD.encode(&last.name.key));
    }
    Ok(reply)
}

fn last_key(token: &str) -> Result<String, ServiceError> {
    let key = URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    key.ok_or_else(|| invalid("Invalid pagination token"))
}
