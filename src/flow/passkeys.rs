//! Passkeys: the signed-in user's, and signing in with them. The npm package does the same in `passkeys.js`, which costs a page that
//! has none nothing.

use std::rc::Rc;

use super::operation::perform;
use super::sign_in::{self, AuthFlow, ConfirmSignIn, FirstFactor, PendingSignIn, SignIn, SignInStep, SignIns};
use crate::error::{Ceremony, Error, ErrorKind, PasskeyFault};
use crate::idp::challenge::WEB_AUTHN;
use crate::idp::operations::{COMPLETE_WEB_AUTHN_REGISTRATION, START_WEB_AUTHN_REGISTRATION};
use crate::json::Value;
use crate::platform::{self, Mediation, Platform};
use crate::session::Core;

/// A passkey of the user, as the user pool describes it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Passkey {
    /// Its ID, base64url.
    pub credential_id: String,
    /// A name for people, such as that of the password manager.
    pub friendly_name: String,
    /// The domain that it is for.
    pub relying_party_id: String,
    /// `platform` or `cross-platform`, if the authenticator said so.
    pub attachment: Option<String>,
    /// How the authenticator can be reached, such as `internal` or `hybrid`.
    pub transports: Vec<String>,
    /// When it was registered, in seconds since 1970.
    pub created_at: Option<i64>,
}

/// A page of the user's passkeys.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Passkeys {
    /// The passkeys.
    pub passkeys: Vec<Passkey>,
    /// What the next page is asked for with. `None` on the last page.
    pub next_token: Option<String>,
}

impl From<&Value> for Passkey {
    fn from(json: &Value) -> Self {
        let transports = json.get("authenticatorTransports").and_then(Value::elements).unwrap_or_default();
        Self {
            credential_id: json.string("credentialId").unwrap_or_default(),
            friendly_name: json.string("friendlyCredentialName").unwrap_or_default(),
            relying_party_id: json.string("relyingPartyId").unwrap_or_default(),
            attachment: json.string("authenticatorAttachment"),
            transports: transports.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
            created_at: json.integer("createdAt"),
        }
    }
}

impl From<&Value> for Passkeys {
    fn from(json: &Value) -> Self {
        let list = json.get("credentials").and_then(Value::elements).unwrap_or_default();
        Self { passkeys: list.iter().map(Passkey::from).collect(), next_token: json.string("nextToken") }
    }
}

/// Has the user make a passkey, and registers it.
pub(crate) async fn associate<P: Platform + platform::Passkeys>(core: &Core, platform: &P) -> Result<(), Error> {
    let started = perform(core, platform, &START_WEB_AUTHN_REGISTRATION, &Value::object([])).await?;
    let options = started.get("options").unwrap_or(&Value::Null).to_json();
    let credential = platform.create_passkey(options.expose_secret()).await?;
    let credential = Value::parse(credential.expose_secret())
        .ok_or(ErrorKind::Passkey(PasskeyFault::Failed, Ceremony::Registration))?;
    let input = Value::object([("credential", credential)]);
    perform(core, platform, &COMPLETE_WEB_AUTHN_REGISTRATION, &input).await.map(drop)
}

/// Signs in with a passkey: by a dialog, or by autofill, which begins anew before the challenge expires.
pub(crate) async fn sign_in<P: Platform + platform::Passkeys>(
    sign_ins: &Rc<SignIns>,
    core: &Core,
    platform: &P,
    input: &SignIn,
    mediation: Mediation,
) -> Result<SignInStep, Error> {
    let autofill = mediation == Mediation::Conditional;
    let preferred = Some(FirstFactor::WebAuthn);
    let input = SignIn { flow: AuthFlow::UserAuth, preferred, autofill, ..input.clone() };
    loop {
        let step = sign_in::sign_in(sign_ins, core, platform, &input).await?;
        let SignInStep::Challenge(pending) = &step else { return Ok(step) };
        match use_passkey(sign_ins, core, platform, pending, mediation, &input.client_metadata).await {
            Err(error) if autofill && error.is_passkey_fault(PasskeyFault::TimedOut) => {}
            // The user has none.
            Ok(None) if autofill => return Err(ErrorKind::Passkey(PasskeyFault::Missing, Ceremony::SignIn).into()),
            Ok(None) => return Ok(step),
            result => return result.map(|next| next.unwrap_or(step)),
        }
    }
}

/// Answers the step with a passkey. `None` if it asks for something else.
pub(crate) async fn use_passkey<P: Platform + platform::Passkeys>(
    sign_ins: &Rc<SignIns>,
    core: &Core,
    platform: &P,
    step: &PendingSignIn,
    mediation: Mediation,
    client_metadata: &[(String, String)],
) -> Result<Option<SignInStep>, Error> {
    if step.challenge().name() != WEB_AUTHN {
        return Ok(None);
    }
    let options = step.challenge().parameter("CREDENTIAL_REQUEST_OPTIONS")?;
    let response = platform.get_passkey(options, mediation).await?;
    // Meanwhile the user may have begun something else. The passkey is the latest word.
    sign_ins.adopt(core, platform, step.serialize().expose_secret()).await;
    let answer = ConfirmSignIn { response, client_metadata: client_metadata.to_vec(), ..ConfirmSignIn::default() };
    sign_in::confirm_sign_in(sign_ins, core, platform, Some(step), &answer).await.map(Some)
}
