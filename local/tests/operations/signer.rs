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

    /// The same request as a URL that needs no header, good for so many seconds.
    pub(crate) fn presigned(&self, seconds: u64) -> HttpRequest {
        let text = |name: &str| encode(self.credentials[name].as_str().unwrap_or_default());
        let scope = format!("{}/{}/{}/aws4_request", &self.time[..8], self.region, self.service);
        let (path, query) = self.target.split_once('?').unwrap_or((self.target, ""));
        let mut pairs: Vec<String> = query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
        pairs.extend([
            "X-Amz-Algorithm=AWS4-HMAC-SHA256".to_owned(),
            format!("X-Amz-Credential={}%2F{}", text("AccessKeyId"), encode(&scope)),
            format!("X-Amz-Date={}", self.time),
            format!("X-Amz-Expires={seconds}"),
            format!("X-Amz-Security-Token={}", text("SessionToken")),
            "X-Amz-SignedHeaders=host".to_owned(),
        ]);
        pairs.sort();
        let query = pairs.join("&");
        let canonical = format!("{}\n{path}\n{query}\nhost:localhost:9400\n\nhost\nUNSIGNED-PAYLOAD", self.method);
        let signature = self.signature(&scope, &canonical);
        HttpRequest {
            method: self.method.into(),
            target: format!("{path}?{query}&X-Amz-Signature={signature}"),
            headers: vec![("host".into(), "localhost:9400".into())],
            body: self.body.into(),
        }
    }

    fn signature(&self, scope: &str, canonical: &str) -> String {
        let to_sign = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{}", self.time, hash(canonical));
        let secret = self.credentials["SecretKey"].as_str().unwrap_or_default();
        let steps = scope.split('/');
        hex(&hmac(&steps.fold(format!("AWS4{secret}").into_bytes(), |key, step| hmac(&key, step)), &to_sign))
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
        if self.headers.iter().any(|(name, _)| *name == "host") {
            headers.remove(0);
        }
        headers.sort();
        let names = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
        let (path, query) = self.target.split_once('?').unwrap_or((self.target, ""));
        let path = match self.service {
            "s3" => path.to_owned(),
            _ => path.replace('%', "%25").replace(':', "%3A"),
        };
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
        let declared = headers.iter().find(|(name, _)| name == "x-amz-content-sha256");
        let payload = declared.map_or_else(|| hash(self.body), |(_, value)| value.clone());
        let canonical = format!("{}\n{path}\n{query}\n{lines}\n{names}\n{payload}", self.method);
        let scope = format!("{}/{}/{}/aws4_request", &self.time[..8], self.region, self.service);
        let signature = self.signature(&scope, &canonical);
        let credential = format!("{}/{scope}", text("AccessKeyId"));
        headers.push((
            "authorization".into(),
            format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"),
        ));
        HttpRequest { method: self.method.into(), target: self.target.into(), headers, body: self.body.into() }
    }
}

fn encode(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
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
