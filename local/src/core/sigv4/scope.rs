//! Credential scopes: `20251106/eu-west-1/execute-api/aws4_request`.

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Date, region and service that a signature is made for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scope {
    pub(super) date: String,
    pub(super) region: String,
    pub(super) service: String,
}

impl Scope {
    /// Access key id and scope from a credential.
    pub(super) fn of_credential(credential: &str) -> Option<(String, Self)> {
        let parts: Vec<&str> = credential.rsplitn(5, '/').collect();
        let [terminator, service, region, date, key_id] = parts[..] else { return None };
        let date_is_fine = date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
        let complete = ![service, region, key_id].contains(&"") && terminator == "aws4_request" && date_is_fine;
        complete.then(|| (key_id.into(), Self { date: date.into(), region: region.into(), service: service.into() }))
    }

    pub(super) fn text(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.date, self.region, self.service)
    }

    /// The key that signs for this scope.
    pub(super) fn signing_key(&self, secret: &str) -> Vec<u8> {
        let steps = [self.date.as_str(), &self.region, &self.service, "aws4_request"];
        steps.iter().fold(format!("AWS4{secret}").into_bytes(), |key, step| hmac(&key, step))
    }
}

pub(super) fn hmac(key: &[u8], message: &str) -> Vec<u8> {
    // HMAC takes keys of any length.
    let mac = Hmac::<Sha256>::new_from_slice(key);
    mac.map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec()).unwrap_or_default()
}
