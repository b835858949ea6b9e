//! Requests that the emulator makes itself, to identity providers. How they travel is injected, as time is.

use std::time::Duration;

use crate::core::wire::http::HttpResponse;
use crate::core::wire::local_name::{host_name, is_this_machine};

/// The longest that a provider may take.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// A request to another server. It has no `Debug`, for headers and body hold client secrets and codes.
#[derive(Clone, PartialEq, Eq)]
pub struct OutboundRequest {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Absolute address: `https`, or `http` to this machine.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body, empty for `GET`.
    pub body: Vec<u8>,
}

/// Why there is no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboundError {
    /// The server can't be reached, or the connection broke.
    Connection,
    /// Neither `https` nor `http` to this machine, or there is no network at all.
    Forbidden,
    /// The reply is larger than anything that an identity provider has to say.
    TooLarge,
    /// The reply took too long.
    Timeout,
    /// This machine does not trust the certificate of the server.
    Untrusted,
}

/// Carries requests to other servers. It follows no redirects, and a status of any kind is a reply.
///
/// The emulator calls it without holding its state: other requests are answered meanwhile.
pub trait Outbound: Send + Sync {
    /// Waits for the reply.
    ///
    /// # Errors
    /// See [`OutboundError`].
    fn fetch(&self, request: &OutboundRequest) -> Result<HttpResponse, OutboundError>;
}

/// What an emulator has unless it is given more: it reaches nothing but its own stand-ins.
pub(crate) struct NoNetwork;

impl Outbound for NoNetwork {
    fn fetch(&self, _: &OutboundRequest) -> Result<HttpResponse, OutboundError> {
        Err(OutboundError::Forbidden)
    }
}

/// Only `https`, or `http` to this machine: nothing secret travels in the clear, and no page can /// of the local network.
pub(crate) fn is_allowed(url: &str) -> bool {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() || authority.contains(['@', '\\']) || url.contains(char::is_whitespace) {
        return false;
    }
    let host = host_name(authority);
    match scheme {
        "https" => !host.is_empty(),
        "http" => is_this_machine(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn plain_http_stays_on_this_machine() {
        for good in [
            "https://idp.example.com/x",
            "https://h",
            "http://localhost:3000",
            "http://[::1]:8080/a",
            "http://127.0.0.1",
        ] {
            assert!(is_allowed(good), "{good}");
        }
        for bad in [
            "",
            "https://",
            "http://192.168.0.1/",
            "http://localhost@evil.example/",
            "http://evil.example/localhost",
            "http://localhost.evil.example",
            "https://a b",
            "ftp://localhost",
            "file:///etc/passwd",
            "http://localhost\\@evil.example",
        ] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }
}
