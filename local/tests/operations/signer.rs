//! Signature Version 4, as a client makes it. Written apart from the emulator's own, in the plainest form.

use hmac::{Hmac, Mac as _};
use poolpass_local::core::{HttpRequest, HttpResponse};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::world::World;

/// A request to be signed with credentials of `GetCredentialsForIdentity`.
#[derive(Clone)]
pub(crate) struct Signed<'a> {
    pub(crate) credentials: &'a Value,
    pub(crate) service: &'a str,
    pub(crate) region: &'a str,
    pub(crate) time: &'a str,
    pub(crate) method: &'a str,
    /// Path and query, encoded; the query sorted.
    pub(crate) target: &'a str,
    pub(crate) headers: Vec<(&'a str, &'a str)>,
    pub(crate) body: &'a str,
}

/// The time at which worlds begin.
pub(crate) const NOW: &str = "20251106T090503Z";

impl<'a> Signed<'a> {
    pub(crate) fn new(credentials: &'a Value, service: &'a str, method: &'a str, target: &'a str) -> Self {
        Self { credentials, service, region: "eu-west-1", time: NOW, method, target, headers: Vec::new(), body: "" }
    }

    pub(crate) fn send(&self, world: &World) -> (HttpResponse, Value) {
        let response = world.emulator.handle(self.request());
        let body = serde_json::from_slice(&response.body).unwrap_or_default();
        (response, body)
    }

    pub(crate) fn request(&self) -> HttpRequest {
        let text = |name: &str| self.credentials[name].as_str().unwrap_or_default().to_owned();
        let mut headers: Vec<(String, String)> = vec![
            ("host".into(), "localhost:9400".into()),
            ("x-amz-date".into(), self.time.into()),
            ("x-amz-security-token".into(), text("SessionToken")),
        ];
        headers.extend(self.headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        headers.retain(|(_, value)| !value.is_empty());
        headers.sort();
        let names = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
        let (path, query) = self.target.split_once('?').unwrap_or((self.target, ""));
        let path = path.replace('%', "%25").replace(':', "%3A");
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
        let canonical = format!("{}\n{path}\n{query}\n{lines}\n{names}\n{}", self.method, hash(self.body));
        let scope = format!("{}/{}/{}/aws4_request", &self.time[..8], self.region, self.service);
        let to_sign = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{}", self.time, hash(&canonical));
        let mut key = format!("AWS4{}", text("SecretKey")).into_bytes();
        for step in scope.split('/') {
            key = hmac(&key, step);
        }
        let signature = hex(&hmac(&key, &to_sign));
        let credential = format!("{}/{scope}", text("AccessKeyId"));
        headers.push((
            "authorization".into(),
            format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"),
        ));
        HttpRequest { method: self.method.into(), target: self.target.into(), headers, body: self.body.into() }
    }
}

fn hash(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hmac(key: &[u8], message: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(message).finalize().into_bytes().to_vec()
}
