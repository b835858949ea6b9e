//! What a user does, one module an action: short functions over the session and the service's operations.

pub mod devices;
pub mod join;
pub(crate) mod operation;
pub mod passkeys;
pub mod redirect;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod user_info;
pub mod verify;
