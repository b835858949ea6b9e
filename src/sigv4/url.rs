//! A URL taken apart without changing a letter, and whether a browser sends it as it is written.
//!
//! No parser: `crate url` would be two thirds of the wasm again. A URL that a browser would change is refused instead,
//! and JavaScript hands over the form that its own parser writes.

use crate::encode::{authority, percent};

/// The parts of a URL as they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `https`, `http`, `wss` or `ws`.
    pub scheme: &'a str,
    /// Host, and port unless it is the scheme's own.
    pub host: &'a str,
    /// The path, percent-encoded; empty or from its first slash on.
    pub path: &'a str,
    /// The query without `?`; empty if there is none.
    pub query: &'a str,
}

impl<'a> Url<'a> {
    /// Takes an absolute URL apart. `None` if it is none, names a user, or has a host or port that no browser takes.
    pub fn read(url: &'a str) -> Option<Self> {
        let url = url.split('#').next()?;
        let (scheme, rest) = url.split_once(':')?;
        let rest = rest.strip_prefix("//")?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let host = rest.split('/').next()?;
        let path = rest.get(host.len()..)?;
        let standard_port = match scheme {
            "https" | "wss" => ":443",
            "http" | "ws" => ":80",
            _ => return None,
        };
        let is_host = authority::is_host_and_port(host);
        is_host.then_some(Self { scheme, host: host.strip_suffix(standard_port).unwrap_or(host), path, query })
    }

    /// The scheme by which origins are named: a WebSocket's is that of the request that opens it.
    pub fn http_scheme(&self) -> &'static str {
        if matches!(self.scheme, "https" | "wss") { "https" } else { "http" }
    }

    /// Whether a browser sends it as it is written (URL Standard, "URL parsing"), dots in the path aside. It encodes
    /// blanks and letters outside ASCII, for example, so that a signature of them would be one of another URL.
    pub fn is_in_sent_form(&self) -> bool {
        let is_kept = |text: &str, changed: &[u8]| {
            text.bytes().all(|letter| letter.is_ascii_graphic() && !changed.contains(&letter))
        };
        !self.host.bytes().any(|letter| letter.is_ascii_uppercase())
            && is_kept(self.path, b"\"<>\\`{}")
            && is_kept(self.query, b"\"'<>")
    }

    /// Whether the path has a segment `.` or `..`, encoded or not. Browsers resolve them before they send.
    pub fn has_dot_segments(&self) -> bool {
        self.path.split('/').any(|segment| matches!(percent::decode(segment).as_slice(), b"." | b".."))
    }
}
