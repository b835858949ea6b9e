//! Step-up: the signed-in user proves more, or once more.
//!
//! Source: "Step-up authentication with the USER_AUTH flow" and "Authentication levels with ACR and AMR claims", Amazon Cognito
//! Developer Guide.

use super::{AuthFlow, FirstFactor, SignIn, SignInStep, SignIns};
use crate::error::{Error, Misuse};
use crate::json::decimal;
use crate::platform::Platform;
use crate::session::{Core, Session};

/// What the user has to have proven.
#[derive(Clone, Debug, Default)]
pub struct RequireAuth {
    /// The levels that are enough, the preferred one first: names of the pool's levels, such as `urn:cognito:loa:3`. Of these default
    /// names, a higher one is enough too.
    pub acr: Vec<String>,
    /// How long ago the user may have authenticated, in seconds.
    pub max_age: Option<i64>,
    /// The factor to begin with. Without one the user chooses.
    pub preferred: Option<FirstFactor>,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// Asks the user for what the session lacks. Sends nothing if it lacks nothing.
pub(crate) async fn require_auth<P: Platform>(
    sign_ins: &SignIns,
    core: &Core,
    platform: &P,
    input: &RequireAuth,
) -> Result<SignInStep, Error> {
    let acr = input.acr.join(" ");
    if acr.is_empty() && input.max_age.is_none() {
        return Err(Misuse::Option("acr".to_owned()).into());
    }
    let session = core.require(platform).await?;
    if is_enough(&session, input, platform.now_ms()) {
        return Ok(SignInStep::Done { can_remember_device: false });
    }
    let session = core.fresh(platform, false).await?;
    let mut parameters = Vec::new();
    if !acr.is_empty() {
        parameters.push(("TARGET_ACR_VALUES", acr.as_str().into()));
        // What the user has proven already counts.
        parameters.push(("ACCESS_TOKEN", session.access_token().clone()));
        if let Some(seconds) = input.max_age {
            parameters.push(("MAX_AGE", decimal(seconds).into()));
        }
    }
    let mut sign_in = SignIn {
        username: session.username().to_owned(),
        flow: AuthFlow::StepUp,
        preferred: input.preferred,
        client_metadata: input.client_metadata.clone(),
        parameters,
        ..SignIn::default()
    };
    let mut has_token = !acr.is_empty();
    loop {
        match super::sign_in(sign_ins, core, platform, &sign_in).await {
            // The service may know that enough was proven although the token does not say so, since no level was asked for then.
            // Without the token the user begins from scratch, and the next token says it.
            Err(error) if error.is_exception("InvalidParameterException") && has_token => {
                sign_in.parameters.retain(|(name, _)| *name != "ACCESS_TOKEN");
                has_token = false;
            }
            result => return result,
        }
    }
}

/// Whether the session's claims say that it is enough, by the server's clock.
fn is_enough(session: &Session, input: &RequireAuth, now_ms: i64) -> bool {
    let claims = session.access_claims();
    let reached = claims.json().str("acr").unwrap_or_default();
    let is_level = input.acr.is_empty()
        || input
            .acr
            .iter()
            .any(|wanted| reached == wanted || level(reached) >= level(wanted) && level(wanted).is_some());
    let is_recent = input.max_age.is_none_or(|seconds| {
        let age_ms = claims.millis("auth_time").map(|since_ms| session.server_now_ms(now_ms).saturating_sub(since_ms));
        age_ms.is_some_and(|age_ms| age_ms <= seconds.saturating_mul(1000))
    });
    is_level && is_recent
}

/// The number of a level by its default name. Levels that the pool has named itself have no order here.
fn level(name: &str) -> Option<u8> {
    match name.strip_prefix("urn:cognito:loa:")?.as_bytes() {
        [digit @ b'1'..=b'4'] => Some(*digit),
        _ => None,
    }
}
