//! Which pages may use a relying party.

use crate::core::wire::local_name::{host_name, is_this_machine};

/// Whether a page of this origin may use the relying party: over `https` on its host or a subdomain of it; on this machine also over
/// `http` and on any port, where browsers see a secure context too.
pub(super) fn may_use(origin: &str, rp_id: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let host = host_name(authority);
    let has_port = host.len() != authority.len();
    let is_safe = match scheme {
        "https" => !has_port || is_this_machine(host),
        "http" => is_this_machine(host),
        _ => false,
    };
    let is_below =
        host.strip_suffix(rp_id).is_some_and(|rest| rest.is_empty() || rest.ends_with('.') && rest.len() > 1);
    let is_host = host.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte));
    !rp_id.is_empty() && is_safe && is_below && is_host
}

#[cfg(test)]
mod tests {
    use super::may_use;

    #[test]
    fn the_host_of_the_relying_party_and_its_subdomains() {
        for (origin, rp_id) in [
            ("https://example.com", "example.com"),
            ("https://login.example.com", "example.com"),
            ("https://a.b.example.com", "example.com"),
            ("http://localhost", "localhost"),
            ("http://localhost:9401", "localhost"),
            ("https://localhost:9401", "localhost"),
            ("http://app.localhost:9401", "localhost"),
        ] {
            assert!(may_use(origin, rp_id), "{origin}");
        }
    }

    #[test]
    fn nobody_else() {
        for (origin, rp_id) in [
            ("", "example.com"),
            ("null", "example.com"),
            ("example.com", "example.com"),
            ("http://example.com", "example.com"),
            ("ftp://example.com", "example.com"),
            ("android:apk-key-hash:example.com", "example.com"),
            ("https://evilexample.com", "example.com"),
            ("https://.example.com", "example.com"),
            ("https://example.com.evil.com", "example.com"),
            ("https://evil.com/.example.com", "example.com"),
            ("https://evil.com#.example.com", "example.com"),
            ("https://user@example.com", "example.com"),
            ("https://example.com/", "example.com"),
            ("https://example.com:8443", "example.com"),
            ("https://EXAMPLE.com", "example.com"),
            ("https://com", "example.com"),
            ("https://example.com", "login.example.com"),
            ("http://localhost", "example.com"),
            ("http://example.localhost.evil.com", "localhost"),
            ("https://example.com", ""),
        ] {
            assert!(!may_use(origin, rp_id), "{origin}");
        }
    }
}
