//! The table of the operations. A row is all that the kit needs to offer one.

mod devices;
mod mfa;
mod passkeys;
mod password;
mod profile;
mod sessions;
mod sign_up;

pub use devices::{FETCH_DEVICES, FORGET_DEVICE, GET_DEVICE, REMEMBER_DEVICE};
pub use mfa::{FETCH_AUTH_FACTORS, FETCH_MFA_PREFERENCE, SET_UP_TOTP, UPDATE_MFA_PREFERENCE, VERIFY_TOTP_SETUP};
pub use passkeys::{
    COMPLETE_WEB_AUTHN_REGISTRATION, DELETE_WEB_AUTHN_CREDENTIAL, LIST_WEB_AUTHN_CREDENTIALS,
    START_WEB_AUTHN_REGISTRATION,
};
pub use password::{CONFIRM_RESET_PASSWORD, RESET_PASSWORD, UPDATE_PASSWORD};
pub use profile::{
    CONFIRM_USER_ATTRIBUTE, DELETE_USER, DELETE_USER_ATTRIBUTES, FETCH_USER_ATTRIBUTES,
    SEND_USER_ATTRIBUTE_VERIFICATION_CODE, UPDATE_USER_ATTRIBUTE, UPDATE_USER_ATTRIBUTES,
};
pub use sessions::{LIST_SESSIONS, REVOKE_SESSION, UPDATE_AUTH_EVENT_FEEDBACK};
pub use sign_up::{CONFIRM_SIGN_UP, RESEND_SIGN_UP_CODE, SIGN_UP};

use super::field::{Field, Kind};
use super::operation::Operation;
use super::output::Output;

/// All operations.
pub static ALL: &[Operation] = &[
    SIGN_UP,
    CONFIRM_SIGN_UP,
    RESEND_SIGN_UP_CODE,
    RESET_PASSWORD,
    CONFIRM_RESET_PASSWORD,
    UPDATE_PASSWORD,
    FETCH_USER_ATTRIBUTES,
    UPDATE_USER_ATTRIBUTES,
    UPDATE_USER_ATTRIBUTE,
    DELETE_USER_ATTRIBUTES,
    SEND_USER_ATTRIBUTE_VERIFICATION_CODE,
    CONFIRM_USER_ATTRIBUTE,
    DELETE_USER,
    SET_UP_TOTP,
    VERIFY_TOTP_SETUP,
    FETCH_MFA_PREFERENCE,
    UPDATE_MFA_PREFERENCE,
    FETCH_AUTH_FACTORS,
    FETCH_DEVICES,
    GET_DEVICE,
    REMEMBER_DEVICE,
    FORGET_DEVICE,
    LIST_SESSIONS,
    REVOKE_SESSION,
    UPDATE_AUTH_EVENT_FEEDBACK,
    START_WEB_AUTHN_REGISTRATION,
    COMPLETE_WEB_AUTHN_REGISTRATION,
    LIST_WEB_AUTHN_CREDENTIALS,
    DELETE_WEB_AUTHN_CREDENTIAL,
];

/// The operation of a method of the API.
pub fn find(method: &str) -> Option<&'static Operation> {
    ALL.iter().find(|operation| operation.method == method)
}

/// Data for the triggers.
const CLIENT_METADATA: Field = Field::new("options.clientMetadata", "ClientMetadata", Kind::Map);

/// Where a code was sent.
const CODE_DELIVERY: &[Output] = &[
    Output::text("Destination", "destination"),
    Output::text("DeliveryMedium", "deliveryMedium"),
    Output::text("AttributeName", "attributeName"),
];
