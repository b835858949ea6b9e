//! Short ways to call S3.

use poolpass_local::core::HttpResponse;
use sha2::{Digest as _, Sha256};

use crate::dynamodb_world::Caller;
use crate::signer::Signed;

pub(crate) const WELCOME: &str = "/poolpass-notes/shared/welcome.txt";
pub(crate) const WELCOME_TEXT: &str = "Everybody can read this note, editors can change it.\n";

impl Caller<'_> {
    /// Sends a signed request; the hash of the body goes with it unless `headers` say something else.
    pub(crate) fn s3(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> HttpResponse {
        let hash: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
        let mut signed = Signed::new(&self.keys, "s3", method, target);
        signed.headers = headers.to_vec();
        if headers.iter().all(|(name, _)| *name != "x-amz-content-sha256") {
            signed.headers.push(("x-amz-content-sha256", &hash));
        }
        signed.body = body;
        let response = self.world.emulator.handle(signed.request());
        check(method, &response);
        response
    }

    /// The path of an object under the caller's own prefix.
    pub(crate) fn own(&self, name: &str) -> String {
        format!("/poolpass-notes/private/{}/{name}", self.id.replace(':', "%3A"))
    }

    #[track_caller]
    pub(crate) fn put_text(&self, target: &str, body: &str) {
        let response = self.s3("PUT", target, &[], body);
        assert_eq!(response.status, 200, "{target}: {}", text(&response));
    }
}

/// What is true of every reply of S3.
pub(crate) fn check(method: &str, response: &HttpResponse) {
    let count = |name: &str| response.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name)).count();
    for name in ["Date", "x-amz-request-id"] {
        assert_eq!(count(name), 1, "{name}");
    }
    for name in ["Content-Type", "ETag", "Last-Modified", "Access-Control-Allow-Origin"] {
        assert!(count(name) <= 1, "{name}");
    }
    assert_eq!(count("x-amzn-RequestId"), 0);
    if method == "HEAD" || response.status == 304 || response.status == 204 {
        assert!(response.body.is_empty());
    } else if response.status >= 400 {
        assert_eq!(response.header("Content-Type"), Some("application/xml"));
        assert!(text(response).contains("<Error><Code>"), "{}", text(response));
    }
}

pub(crate) fn text(response: &HttpResponse) -> String {
    String::from_utf8(response.body.clone()).unwrap()
}

/// The texts of all elements of that name.
pub(crate) fn all(response: &HttpResponse, name: &str) -> Vec<String> {
    let (text, open) = (text(response), format!("<{name}>"));
    text.split(&open).skip(1).map(|rest| rest.split("</").next().unwrap().to_owned()).collect()
}

/// The code of an error.
#[track_caller]
pub(crate) fn code(response: &HttpResponse) -> String {
    all(response, "Code").pop().unwrap_or_else(|| panic!("{}: {}", response.status, text(response)))
}
