//! A device's secret: it proves itself by SRP as a user does, with its group key for the pool and its key for the user.

use super::{Identity, pad, password_exponent};
use crate::crypto::group::Element;
use crate::encode::base64;
use crate::secret::Secret;

/// How many random bytes a device's password is made of.
pub const PASSWORD_BYTES: usize = 40;
/// How many random bytes the salt is made of.
pub const SALT_BYTES: usize = 16;

/// What a device is confirmed with.
pub struct DeviceVerifier {
    /// The password, which stays in this browser: base64 of the random bytes.
    pub password: Secret<String>,
    /// `DeviceSecretVerifierConfig.Salt`
    pub salt: String,
    /// `DeviceSecretVerifierConfig.PasswordVerifier`
    pub verifier: String,
}

impl DeviceVerifier {
    /// The verifier of a new password.
    pub fn new(identity: &Identity<'_>, password: &Secret<[u8; PASSWORD_BYTES]>, salt: &[u8; SALT_BYTES]) -> Self {
        let password = Secret::new(base64::encode(password.expose_secret()));
        let exponent = password_exponent(salt, identity, &password);
        let verifier = Element::generator_power(exponent.expose_secret()).to_be_bytes();
        Self { password, salt: base64::encode(&pad(salt)), verifier: base64::encode(&pad(&verifier)) }
    }
}
