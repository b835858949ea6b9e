//! The passkeys of the signed-in user.

use super::operation::perform;
use crate::error::{Ceremony, Error, ErrorKind, PasskeyFault};
use crate::idp::operations::{COMPLETE_WEB_AUTHN_REGISTRATION, START_WEB_AUTHN_REGISTRATION};
use crate::json::Value;
use crate::platform::Platform;
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
pub(crate) async fn associate<P: Platform>(core: &Core, platform: &P) -> Result<(), Error> {
    let started = perform(core, platform, &START_WEB_AUTHN_REGISTRATION, &Value::object([])).await?;
    let options = started.get("options").unwrap_or(&Value::Null).to_json();
    let credential = platform.create_passkey(options.expose_secret()).await?;
    let credential = Value::parse(credential.expose_secret())
        .ok_or(ErrorKind::Passkey(PasskeyFault::Failed, Ceremony::Registration))?;
    let input = Value::object([("credential", credential)]);
    perform(core, platform, &COMPLETE_WEB_AUTHN_REGISTRATION, &input).await.map(drop)
}
