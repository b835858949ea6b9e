//! What a browser gives, as one trait. Nothing else does I/O, reads a clock or makes random numbers.
//!
//! Two platforms ship: the browser's (`web`, on wasm32) and [`crate::memory::MemoryPlatform`], which is
//! deterministic and can be ordered to lie, lose and delay.

use std::future::Future;

use crate::encode::http_date;
use crate::error::{Error, ErrorKind, NetworkFailure};
use crate::jwt::{Jws, Key};
use crate::secret::Secret;
use zeroize::Zeroize;

/// An HTTP request, as a value.
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
    /// Milliseconds until the whole answer must be there.
    pub deadline_ms: u32,
    /// Whether to pass by the browser's cache, which may hold an old answer.
    pub past_cache: bool,
}

impl Drop for Request {
    fn drop(&mut self) {
        // An access token may be among them.
        for (_, value) in &mut self.headers {
            value.zeroize();
        }
    }
}

/// An HTTP answer, as a value.
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Those headers that the platform could read of the ones asked for in [`Response::HEADERS`], in lower
    /// case.
    pub headers: Vec<(&'static str, String)>,
    /// The body as text.
    pub body: Secret<String>,
}

impl Response {
    /// The headers a platform has to bring along, as far as it may see them.
    pub const HEADERS: [&'static str; 4] = ["date", "retry-after", "x-amzn-errortype", "x-amzn-requestid"];

    /// Longest body in bytes that a platform takes in; a longer one is [`NetworkFailure::TooLarge`].
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

/// Why [`Platform::send`] brought no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendFailure {
    /// The caller gave up.
    Aborted,
    /// The network did.
    Network(NetworkFailure),
}

impl SendFailure {
    /// The error of a request to this URL. It names the host alone: path and query may contain secrets.
    pub(crate) fn of(self, url: &str) -> Error {
        match self {
            Self::Aborted => ErrorKind::Aborted.into(),
            Self::Network(failure) => ErrorKind::Network(failure, host(url).to_owned()).into(),
        }
    }
}

/// Host and port of an absolute URL, without a user.
fn host(url: &str) -> &str {
    let authority = url.split(['/', '?', '#']).nth(2).unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default()
}

/// Where a flow's record is kept while the user is at a sign-in page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// Of this tab.
    Tab,
    /// Of all tabs of the origin.
    Origin,
}

/// A lock that is held, and let go when dropped.
pub trait Guard {
    /// Whether somebody else held the lock when it was asked for.
    fn contended(&self) -> bool;
}

/// The environment that the kit runs in.
///
/// Futures are not `Send`: a browser's are not. Clones are views of the same tab.
pub trait Platform: Clone + 'static {
    /// A held lock.
    type Guard: Guard;

    /// The local clock in milliseconds since 1970. It may be wrong and may jump.
    fn now_ms(&self) -> i64;

    /// Fills the bytes from a cryptographically secure source.
    ///
    /// # Errors
    /// [`ErrorKind::Random`].
    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), Error>;

    /// Waits. Ends early if the caller gave up.
    fn sleep(&self, ms: u32) -> impl Future<Output = ()>;

    /// Sends a request and reads the whole answer, following no redirect and sending no cookie.
    fn send(&self, request: &Request) -> impl Future<Output = Result<Response, SendFailure>>;

    /// Reads what is stored under a key.
    ///
    /// # Errors
    /// [`ErrorKind::Storage`].
    fn load(&self, key: &str) -> impl Future<Output = Result<Option<Secret<String>>, Error>>;

    /// Stores text under a key.
    ///
    /// # Errors
    /// [`ErrorKind::Storage`].
    fn store(&self, key: &str, text: &str) -> impl Future<Output = Result<(), Error>>;

    /// Removes what is stored under a key.
    ///
    /// # Errors
    /// [`ErrorKind::Storage`].
    fn remove(&self, key: &str) -> impl Future<Output = Result<(), Error>>;

    /// Reads what is in a drawer under a key.
    fn peek(&self, drawer: Drawer, key: &str) -> Option<Secret<String>>;

    /// Puts text into a drawer; whether it is there now.
    fn put(&self, drawer: Drawer, key: &str, text: &str) -> bool;

    /// Takes what is under a key out of a drawer.
    fn discard(&self, drawer: Drawer, key: &str);

    /// The keys in a drawer that start so.
    fn keys(&self, drawer: Drawer, start: &str) -> Vec<String>;

    /// Whether the signature is the key's, by RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2.2).
    ///
    /// # Errors
    /// [`ErrorKind::NoCrypto`].
    fn verify(&self, key: &Key, token: &Jws<'_>) -> impl Future<Output = Result<bool, Error>>;

    /// Takes a lock across all tabs of the origin, waiting at most so long; a wait of 0 takes it only if it is free.
    /// `None` where there are no such locks.
    ///
    /// # Errors
    /// [`ErrorKind::LockTimeout`], [`ErrorKind::Aborted`].
    fn lock(&self, name: &str, wait_ms: u32) -> impl Future<Output = Result<Option<Self::Guard>, Error>>;

    /// Runs a task in the background, detached from any caller.
    fn spawn(&self, task: impl Future<Output = ()> + 'static);

    /// How long other tabs may see the storage as it was before a write, in milliseconds. 0 if no other tab shares it.
    fn storage_lag_ms(&self) -> u32;

    /// Tells the listeners in this tab.
    fn notify(&self, message: &str);

    /// Tells the other tabs.
    fn broadcast(&self, message: &str);

    /// Whether the caller of the current operation has given up.
    fn aborted(&self) -> bool;

    /// The same platform for work that callers share, which no single caller's giving up may stop.
    #[must_use]
    fn detached(&self) -> Self
    where
        Self: Sized;
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn of_an_address_the_host_alone_is_shown() {
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
