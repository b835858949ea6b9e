//! TARGET_ACR_VALUES, ACCESS_TOKEN and MAX_AGE of the flow USER_AUTH (Developer Guide, "Step-up authentication with the USER_AUTH flow").

use super::parameters::{Parameters, optional};
use crate::core::directory::{AcrLevel, Attempt, Factor, Grant, Proof, Target, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::access::grant_of;
use crate::core::wire::error::{ServiceError, invalid, not_authorized};

/// Gives a sign-in the level that it is to reach, and what the access token shows to be proven already.
///
/// # Errors
/// `InvalidParameterException` for parameters that are wrong or contradict each other, for a level that the user can't reach, and for a
/// token that has reached it; `NotAuthorizedException` for a token that is not good or not this user's;
/// `FeatureUnavailableInTierException`.
pub(super) fn aim(
    pool: &UserPool,
    attempt: Attempt,
    login: &str,
    parameters: &Parameters,
    context: &Context<'_>,
) -> Result<Attempt, ServiceError> {
    let (token, max_age) = (optional(parameters, "ACCESS_TOKEN"), optional(parameters, "MAX_AGE"));
    let max_age = max_age.map(str::parse::<u64>).transpose();
    let max_age = max_age.map_err(|_| invalid("MAX_AGE must be a number of seconds"))?;
    let Some(values) = optional(parameters, "TARGET_ACR_VALUES") else {
        return if token.is_some() { Err(invalid("ACCESS_TOKEN needs TARGET_ACR_VALUES")) } else { Ok(attempt) };
    };
    let levels = pool.settings.acr_levels(values)?;
    let credit = token.map(|token| grant_of(pool, token, context)).transpose()?;
    if credit.as_ref().is_some_and(|grant| grant.username != attempt.username) {
        return Err(not_authorized("ACCESS_TOKEN was not issued for USERNAME"));
    }
    let target = |level, credited| Some(Target { level, credited });
    let Some(user) = pool.find(login) else {
        // Nobody will ever reach it.
        return Ok(Attempt { target: target(levels[0], Vec::new()), ..attempt });
    };
    let reachable = levels.into_iter().find(|level| pool.can_reach(user, *level));
    let level = reachable.ok_or_else(|| invalid("The user has no factors for any of the TARGET_ACR_VALUES"))?;
    let now = context.now_ms / 1000;
    let fresh = |grant: &Grant| max_age.is_none_or(|age| now <= grant.auth_time.saturating_add(age));
    let proof = credit.filter(fresh).map(|grant| grant.proof);
    if proof.as_ref().and_then(Proof::level).is_some_and(|reached| reached >= level) {
        return Err(invalid("ACCESS_TOKEN already satisfies the TARGET_ACR_VALUES"));
    }
    // A password counts for the levels that need one; other first factors do not lead on.
    let credited = proof.filter(|_| level >= AcrLevel::Three).and_then(|proof| proof.password_and_seconds());
    let first = credited.as_ref().filter(|_| pool.leads_to(Factor::Password, level, user)).map(|_| Factor::Password);
    Ok(Attempt { first, target: target(level, credited.unwrap_or_default()), ..attempt })
}
