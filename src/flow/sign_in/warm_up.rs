//! What can be done before the user has finished typing.

use super::SignIns;
use crate::error::Error;
use crate::platform::Platform;
use crate::secret::Secret;
use crate::srp;

/// Prepares the next sign-in: makes its SRP key, and runs the arithmetic once, so that the browser has compiled it.
///
/// # Errors
/// `no_random`.
pub(crate) fn warm_up<P: Platform>(sign_ins: &SignIns, platform: &P) -> Result<(), Error> {
    let key = new_key(platform)?;
    let public = key.public_hex();
    let identity = srp::Identity { group: "", user: "" };
    let parameters = srp::Challenge { salt: "00", server_public: &public, secret_block: "" };
    // The result is of no use: a password is never proven twice with one key.
    drop(new_key(platform)?.prove(&identity, &Secret::default(), &parameters, platform.now_ms()));
    sign_ins.prepared_key.replace(Some(key));
    Ok(())
}

/// The prepared key, or a new one. A key is used once.
///
/// # Errors
/// `no_random`.
pub(super) fn take_key<P: Platform>(sign_ins: &SignIns, platform: &P) -> Result<srp::EphemeralKey, Error> {
    match sign_ins.prepared_key.take() {
        Some(key) => Ok(key),
        None => new_key(platform),
    }
}

fn new_key<P: Platform>(platform: &P) -> Result<srp::EphemeralKey, Error> {
    let mut random = Secret::new(vec![0; 32]);
    platform.fill_random(random.expose_secret_mut())?;
    srp::EphemeralKey::new(random)
}
