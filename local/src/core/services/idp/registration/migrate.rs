//! Users whom a pool gets to know from its migration function, when they sign in with a password or have forgotten it.

use crate::core::directory::{AppClient, Attribute, MfaFactor, User, UserPool, UserStatus, Writer};
use crate::core::service::Context;
use crate::core::services::idp::delivery::send_invitation;
use crate::core::services::idp::users::admin_create_user::{claim_aliases, destinations};
use crate::core::services::triggers::{Migration, user_migration};
use crate::core::srp::Verifier;
use crate::core::wire::error::ServiceError;

/// Adds the user of a sign-in name, if the pool does not know them and its function does.
///
/// # Errors
/// As [`user_migration`]; what the pool does not take about the user.
pub(crate) fn migrate(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    migration: Migration<'_>,
    context: &mut Context<'_>,
) -> Result<(), ServiceError> {
    let Some(migrated) = user_migration(pool, client, login, migration, context)? else { return Ok(()) };
    let mut given = migrated.attributes.clone();
    // Where people sign in by an alias, the function tells the name (Developer Guide, "Migrate user Lambda trigger", "userAttributes").
    let name = given.remove("username").unwrap_or_else(|| login.to_owned());
    let named_by = pool.settings.username_attribute(&name)?;
    if let Some(attribute) = named_by {
        given.insert(attribute.into(), name.clone());
    }
    let given = given.into_iter().map(|(name, value)| Attribute { name, value }).collect();
    let attributes = pool.settings.checked_attributes(Writer::Admin, given)?;
    let sub = context.random.uuid();
    let username = if named_by.is_some() { sub.clone() } else { name };
    let status = if migrated.is_confirmed() { UserStatus::Confirmed } else { UserStatus::ResetRequired };
    let mut user = User { attributes, ..User::new(username.clone(), sub, status, context.now_ms) };
    if let Migration::SignIn(password) = migration {
        user.verifier = Some(Verifier::new(pool.name(), &username, password, context.random.bytes()));
    }
    if migrated.enables_sms_mfa() {
        user.mfa.enable(MfaFactor::Sms);
    }
    claim_aliases(pool, &user, migrated.forces_alias())?;
    let welcomed = destinations(&user, migrated.desired_delivery_mediums.as_deref());
    pool.add_user(user)?;
    // Who has forgotten the password gets a code instead.
    if let Migration::SignIn(password) = migration
        && migrated.is_welcomed()
    {
        for destination in &welcomed {
            send_invitation(pool, &username, password, destination, context)?;
        }
    }
    Ok(())
}
