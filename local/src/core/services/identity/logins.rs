//! The `Logins` of a request, and what they prove.

use std::collections::BTreeMap;

use super::token_refusals::{WRONG_AUDIENCE, invalid_token, not_supported};
use super::{Context, developer_login, open_id_login, user_pool_login};
use crate::core::identity_pools::{IdentityPool, Login};
use crate::core::stand_ins;
use crate::core::wire::error::{ServiceError, unsupported};

/// `LoginsMap`: tokens by provider.
pub(super) type LoginsMap = BTreeMap<String, String>;

/// The key of tokens of `GetOpenIdTokenForDeveloperIdentity`.
pub(super) const COGNITO: &str = "cognito-identity.amazonaws.com";

/// Verifies all logins.
///
/// # Errors
/// `NotAuthorizedException` for the first one that proves nothing.
pub(super) fn verify(
    context: &Context<'_>,
    pool: &IdentityPool,
    logins: &LoginsMap,
) -> Result<Vec<Login>, ServiceError> {
    logins.iter().map(|(name, token)| one(context, pool, name, token)).collect()
}

fn one(context: &Context<'_>, pool: &IdentityPool, name: &str, token: &str) -> Result<Login, ServiceError> {
    let settings = &pool.settings;
    if name == COGNITO && settings.developer_provider_name.is_some() {
        return developer_login::verify(context, pool, token);
    }
    if settings.cognito_identity_providers.iter().any(|provider| provider.provider_name == name) {
        return user_pool_login::verify(context, settings, name, token);
    }
    if let Some(provider) = settings.open_id_provider(name, context.open_id_providers, &context.base) {
        return open_id_login::verify(context, provider, name, token);
    }
    if settings.names_unsupported(name) {
        return Err(unsupported(format_args!("logins of {name}")));
    }
    if let Some(app) = settings.supported_login_providers.get(name) {
        let holder = stand_ins::login(context.stand_ins, context.keys, name, token, context.now_ms / 1000);
        let holder = holder.map_err(invalid_token)?;
        if holder.audience != *app {
            return Err(invalid_token(WRONG_AUDIENCE));
        }
        let login = Login::new(name.into(), holder.subject, holder.audience);
        return Ok(Login { claims: holder.claims, ..login });
    }
    Err(not_supported())
}
