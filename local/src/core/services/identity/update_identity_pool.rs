//! `UpdateIdentityPool`.

use serde_json::Value;

use super::Context;
use crate::core::identity_pools::Settings;
use crate::core::wire::error::{ServiceError, invalid};

/// "If you don't provide a value for a parameter, Amazon Cognito sets it to its default value", but for the developer provider: "Once
/// you have set a developer provider name, you cannot change it."
pub(super) fn run(context: &mut Context<'_>, settings: Settings) -> Result<Value, ServiceError> {
    let mut settings = settings.checked()?;
    let pool = context.pools.get(&settings.identity_pool_id)?;
    if let Some(known) = &pool.settings.developer_provider_name {
        if settings.developer_provider_name.as_ref().is_some_and(|given| given != known) {
            return Err(invalid("DeveloperProviderName can't be changed."));
        }
        settings.developer_provider_name = Some(known.clone());
    }
    pool.settings = settings;
    Ok(pool.describe())
}
