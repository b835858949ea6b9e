//! The grant refresh_token. It takes the refresh tokens of the API as well, but for those of a device, which it has no name for.

use serde_json::Value;

use super::call::Call;
use super::error::OAuthError;
use super::parameter::required;
use crate::core::directory::AppClient;
use crate::core::services::idp::sign_in::refresh;

pub(super) fn redeem(call: &mut Call<'_>, pool_id: &str, client: &AppClient) -> Result<Value, OAuthError> {
    let token = required(call, "refresh_token")?;
    let invalid_grant = || OAuthError::new("invalid_grant", "");
    let pool = call.pools.get(pool_id).map_err(|_| invalid_grant())?;
    refresh::tokens(pool, client, &token, None, &mut call.context).map_err(OAuthError::from_tokens)
}
