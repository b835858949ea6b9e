//! Which web pages may administrate and control the emulator.
//!
//! Any page can send requests to this machine. Most of what the emulator does is open to all pages, as it is at AWS. But administrators'
//! operations are called without real credentials here, and could have the emulator connect to addresses of a page's choice; and the
//! control API tells passwords and codes. Both are for programs, which send no `Origin`, and for known pages.

use crate::core::wire::http::HttpRequest;
use crate::core::wire::local_name::{cannot_be_rebound, host_name};

/// The pages that are known.
pub(crate) struct Origins(Vec<String>);

impl Origins {
    /// Those of a list.
    pub(crate) fn new(allowed: impl IntoIterator<Item = String>) -> Self {
        Self(allowed.into_iter().collect())
    }

    pub(crate) fn add(&mut self, url: &str) {
        self.0.extend(origin_of(url));
    }

    /// Refuses a request that a foreign page may have sent.
    ///
    /// # Errors
    /// A text that says how to allow it.
    pub(crate) fn check(&self, request: &HttpRequest) -> Result<(), String> {
        let host = request.header("Host").map(str::to_ascii_lowercase);
        if let Some(host) = &host
            && !self.knows_host(host_name(host))
        {
            return Err(format!(
                "Programs and pages may administrate and control poolpass-local at {host} only if it was started with \
                 --allow-origin http://{host}"
            ));
        }
        let Some(origin) = request.header("Origin").map(str::to_ascii_lowercase) else { return Ok(()) };
        let is_own = origin.split_once("://").is_some_and(|(scheme, authority)| {
            ["http", "https"].contains(&scheme) && Some(authority) == host.as_deref()
        });
        if is_own || self.0.contains(&origin) {
            return Ok(());
        }
        Err(format!(
            "Pages of {origin} may administrate and control poolpass-local only if it was started with --allow-origin {origin}"
        ))
    }

    fn knows_host(&self, name: &str) -> bool {
        let of_origin = |origin: &String| origin.split_once("://").is_some_and(|(_, host)| host_name(host) == name);
        cannot_be_rebound(name) || self.0.iter().any(of_origin)
    }
}

/// The origin of a web page's address, as browsers write it.
pub(crate) fn origin_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let default_port = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let authority = rest.split(['/', '?', '#', '\\']).next()?.to_ascii_lowercase();
    let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
    let is_plain = !authority.contains(|letter: char| letter == '@' || letter.is_whitespace() || letter.is_control());
    (is_plain && !host_name(authority).is_empty()).then(|| format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::origin_of;

    #[test]
    fn origins_are_written_as_browsers_write_them() {
        for (url, origin) in [
            ("http://localhost:9401/", "http://localhost:9401"),
            ("HTTPS://App.Example.com:443/a?b#c", "https://app.example.com"),
            ("http://[::1]:80", "http://[::1]"),
            ("https://example.com:80/", "https://example.com:80"),
        ] {
            assert_eq!(origin_of(url).as_deref(), Some(origin), "{url}");
        }
        for other in
            ["", "myapp://home", "http://", "http://:80", "http://a b/", "https://user@evil.example/", "null", "*"]
        {
            assert_eq!(origin_of(other), None, "{other}");
        }
    }
}
