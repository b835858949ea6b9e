//! The type of each call: its row of the table, its options, what it returns.

use super::outputs::{AuthFactors, MfaPreference, TotpSetup, UserSessions};
use super::request::{AccountRequest, Kind, TakesClientMetadata};
use crate::flow::sign_up::CodeDelivery;
use crate::idp::{Operation, operations};
use crate::json::Value;

macro_rules! kinds {
    ($($name:ident: $row:ident -> $output:ty, $read:expr;)*) => { $(
        #[doc = concat!("[`operations::", stringify!($row), "`]")]
        #[derive(Debug)]
        pub enum $name {}

        impl Kind for $name {
            const ROW: &'static Operation = &operations::$row;
            type Output = $output;

            fn read(output: &Value) -> $output {
                let read: fn(&Value) -> $output = $read;
                read(output)
            }
        }
    )* };
}

kinds! {
    ResetPassword: RESET_PASSWORD -> CodeDelivery, of_step;
    ConfirmResetPassword: CONFIRM_RESET_PASSWORD -> (), |_| ();
    UpdatePassword: UPDATE_PASSWORD -> (), |_| ();
    UpdateUserAttributes: UPDATE_USER_ATTRIBUTES -> Vec<CodeDelivery>, deliveries;
    DeleteUserAttributes: DELETE_USER_ATTRIBUTES -> (), |_| ();
    SendUserAttributeVerificationCode: SEND_USER_ATTRIBUTE_VERIFICATION_CODE -> CodeDelivery, |output| output.into();
    ConfirmUserAttribute: CONFIRM_USER_ATTRIBUTE -> (), |_| ();
    DeleteUser: DELETE_USER -> (), |_| ();
    SetUpTotp: SET_UP_TOTP -> TotpSetup, |output| output.into();
    VerifyTotpSetup: VERIFY_TOTP_SETUP -> (), |_| ();
    FetchMfaPreference: FETCH_MFA_PREFERENCE -> MfaPreference, |output| output.into();
    UpdateMfaPreference: UPDATE_MFA_PREFERENCE -> (), |_| ();
    FetchAuthFactors: FETCH_AUTH_FACTORS -> AuthFactors, |output| output.into();
    ListSessions: LIST_SESSIONS -> UserSessions, |output| output.into();
    RevokeSession: REVOKE_SESSION -> (), |_| ();
    UpdateAuthEventFeedback: UPDATE_AUTH_EVENT_FEEDBACK -> (), |_| ();
}

impl TakesClientMetadata for ResetPassword {}
impl TakesClientMetadata for ConfirmResetPassword {}
impl TakesClientMetadata for UpdateUserAttributes {}
impl TakesClientMetadata for SendUserAttributeVerificationCode {}

/// What becomes of a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaSetting {
    /// The user can be asked for it.
    Enabled,
    /// The user is not asked for it.
    Disabled,
    /// Enabled, and asked for first.
    Preferred,
    /// Enabled, and no longer asked for first.
    NotPreferred,
}

impl MfaSetting {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "ENABLED",
            Self::Disabled => "DISABLED",
            Self::Preferred => "PREFERRED",
            Self::NotPreferred => "NOT_PREFERRED",
        }
    }
}

impl AccountRequest<UpdateUserAttributes> {
    /// A new value.
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }
}

impl AccountRequest<VerifyTotpSetup> {
    /// The name of the authenticator app.
    pub fn device_name(self, name: &str) -> Self {
        self.with_option("friendlyDeviceName", name)
    }
}

impl AccountRequest<UpdateMfaPreference> {
    /// Codes by text message.
    pub fn sms(self, setting: MfaSetting) -> Self {
        self.with("sms", setting.as_str())
    }

    /// Codes of an authenticator app.
    pub fn totp(self, setting: MfaSetting) -> Self {
        self.with("totp", setting.as_str())
    }

    /// Codes by e-mail.
    pub fn email(self, setting: MfaSetting) -> Self {
        self.with("email", setting.as_str())
    }

    /// Whether a passkey with user verification counts as two factors. The pool must allow it, and the user needs another factor.
    pub fn passkey(self, is_enabled: bool) -> Self {
        self.with("passkey", if is_enabled { MfaSetting::Enabled } else { MfaSetting::Disabled }.as_str())
    }
}

impl AccountRequest<ListSessions> {
    /// The page that [`UserSessions::next_token`] names.
    pub fn page(self, next_token: &str) -> Self {
        self.with("nextToken", next_token)
    }
}

impl AccountRequest<RevokeSession> {
    /// The sessions that came from it, or that it came from, end too.
    pub fn linked(self) -> Self {
        self.with_option("revokeAssociatedSessions", "LINKED")
    }
}

fn of_step(output: &Value) -> CodeDelivery {
    let details = output.get("nextStep").and_then(|step| step.get("codeDeliveryDetails"));
    details.unwrap_or(&Value::Null).into()
}

fn deliveries(output: &Value) -> Vec<CodeDelivery> {
    let list = output.get("codeDeliveryDetailsList").and_then(Value::elements).unwrap_or_default();
    list.iter().map(CodeDelivery::from).collect()
}
