//! Requests for AWS credentials: by the enhanced flow, or by the basic flow through STS.

use super::credentials::Granted;
use super::logins::developer_token;
use crate::config::IdentityPool;
use crate::error::{Error, ErrorKind};
use crate::identity::{Logins, get_credentials_for_identity, get_id, get_open_id_token};
use crate::json::decimal;
use crate::platform::{Platform, Response};
use crate::retry::{Retry, send_with_retry, send_with_retry_as};
use crate::sts;

/// Credentials of the logins' identity, or of a new guest's.
pub(super) async fn grant_anew<P: Platform>(
    platform: &P,
    pool: &IdentityPool,
    logins: &Logins,
    role: Option<&str>,
) -> Result<Granted, Error> {
    let request = get_id::request(pool.identity_url(), pool.id(), logins);
    let identity_id = get_id::read(&send_with_retry(platform, request, Retry::Transient).await?)?;
    grant(platform, pool, &identity_id, logins, role).await
}

/// Credentials of a known identity.
pub(super) async fn grant<P: Platform>(
    platform: &P,
    pool: &IdentityPool,
    identity_id: &str,
    logins: &Logins,
    role: Option<&str>,
) -> Result<Granted, Error> {
    let url = pool.identity_url();
    let Some(basic) = pool.basic_flow() else {
        let request = get_credentials_for_identity::request(url, identity_id, logins, role);
        let response = send_with_retry(platform, request, Retry::Transient).await?;
        let output = get_credentials_for_identity::read(&response)?;
        return Ok(Granted {
            identity_id: output.identity_id,
            credentials: output.credentials,
            expires_at_ms: output.expires_at_ms,
            server_time_ms: response.server_time_ms(),
        });
    };
    let role_arn = if logins.is_empty() { basic.guest_role() } else { Some(basic.authenticated_role()) };
    let role_arn = role_arn.ok_or(ErrorKind::NoCredentials)?;
    let (identity_id, token) = match developer_token(logins) {
        Some(token) => (identity_id.to_owned(), token.clone()),
        None => {
            let request = get_open_id_token::request(url, identity_id, logins);
            get_open_id_token::read(&send_with_retry(platform, request, Retry::Transient).await?)?
        }
    };
    let duration = basic.duration_seconds().map(decimal);
    let asked =
        sts::AssumeRole { role_arn, session_name: "poolpass", token: &token, duration_seconds: duration.as_deref() };
    let request = sts::request(pool.sts_url(), &asked);
    let response: Response = send_with_retry_as(platform, request, Retry::Transient, sts::accept).await?;
    let (credentials, expires_at_ms) = sts::read(&response)?;
    Ok(Granted { identity_id, credentials, expires_at_ms, server_time_ms: response.server_time_ms() })
}
