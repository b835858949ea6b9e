//! HTTP requests and responses, as values.

use zeroize::Zeroize;

use crate::encode::http_date;
use crate::error::{Error, ErrorKind, NetworkFailure};
use crate::json::{HOLE, Value};
use crate::secret::Secret;

/// An HTTP request.
#[derive(Clone)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Absolute URL.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body; wiped when dropped, since passwords and tokens pass here.
    pub body: Secret<String>,
    /// Milliseconds until the whole response must have arrived.
    pub deadline_ms: u32,
    /// The user name whose `SECRET_HASH` the body lacks: the platform asks the app's function for it, and sends
    /// [`Request::with_hash`].
    pub hash_of: Option<String>,
    /// Whether to bypass the browser's cache, which may hold an old response.
    pub bypass_cache: bool,
}

impl Drop for Request {
    fn drop(&mut self) {
        // An access token may be among them.
        for (_, value) in &mut self.headers {
            value.zeroize();
        }
    }
}

impl Request {
    /// The same request with the hash that its body lacks.
    #[must_use]
    pub fn with_hash(&self, hash: &Secret<String>) -> Self {
        let quoted = Value::from(hash.expose_secret().as_str()).to_json();
        let body = self.body.expose_secret();
        let mut filled = Secret::new(String::with_capacity(body.len() + quoted.expose_secret().len()));
        for (at, part) in body.split(HOLE).enumerate() {
            if at > 0 {
                filled.push_str(quoted.expose_secret());
            }
            filled.push_str(part);
        }
        let mut request = self.clone();
        (request.body, request.hash_of) = (filled, None);
        request
    }
}

/// Which failures of a request are retried. That depends on what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// None. For a challenge's answer, a confirmation or a refresh: the service may have processed the first attempt.
    Never,
    /// Throttling, where the service has not processed the request. For requests that change something.
    Throttled,
    /// Every transient failure. For requests that are idempotent.
    Transient,
}

/// An HTTP response.
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers of [`Response::HEADERS`] that the platform could read, in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body as text.
    pub body: Secret<String>,
}

impl Response {
    /// The headers that a platform returns, if it can read them.
    pub const HEADERS: [&'static str; 4] = ["date", "retry-after", "x-amzn-errortype", "x-amzn-requestid"];

    /// The longest body in bytes that a platform accepts. A longer one is [`NetworkFailure::TooLarge`].
    pub const MAX_BODY_BYTES: usize = 1 << 20;

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|(header, value)| (*header == name).then_some(value.as_str()))
    }

    /// The server's clock when it answered, in milliseconds since 1970, to the second.
    pub fn server_time_ms(&self) -> Option<i64> {
        http_date::read(self.header("date")?)
    }
}

/// Why [`Http::send`](super::Http::send) has no response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendFailure {
    /// The caller aborted.
    Aborted,
    /// The network failed.
    Network(NetworkFailure),
    /// The app's function for [`Request::hash_of`] failed: what it said.
    Callback(String),
}

impl SendFailure {
    /// The error of a request to this URL. It names the host alone: path and query may contain secrets.
    pub(crate) fn of(self, url: &str) -> Error {
        match self {
            Self::Aborted => ErrorKind::Aborted.into(),
            Self::Callback(said) => ErrorKind::Callback(said).into(),
            Self::Network(failure) => ErrorKind::Network(failure, host(url).to_owned()).into(),
        }
    }
}

/// Host and port of an absolute URL, without a user.
fn host(url: &str) -> &str {
    let authority = url.split(['/', '?', '#']).nth(2).unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn errors_show_only_the_host_of_a_url() {
        for (url, shown) in [
            ("https://cognito-idp.eu-west-1.amazonaws.com/", "cognito-idp.eu-west-1.amazonaws.com"),
            ("http://localhost:9400/oauth2/token?code=s3cret", "localhost:9400"),
            ("https://login.example.com?code=s3cret", "login.example.com"),
            ("https://login.example.com#s3cret", "login.example.com"),
            ("https://ada:s3cret@login.example.com/x", "login.example.com"),
            ("https://[::1]:9400/x", "[::1]:9400"),
            ("nonsense", ""),
        ] {
            assert_eq!(host(url), shown, "{url}");
        }
    }
}
