//! Host names of this machine, and those that no page of a stranger can take for itself.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The name in a `Host` header or in the authority of a URL, without its port.
pub(crate) fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a name means this machine.
pub(crate) fn is_this_machine(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "localhost" | "127.0.0.1" | "[::1]") || name.ends_with(".localhost")
}

/// Whether a page can't have come from a name that its owner made lead here (DNS rebinding): addresses, and names that are not in the
/// public DNS, such as those of containers.
pub(crate) fn cannot_be_rebound(name: &str) -> bool {
    let bracketed = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_address =
        name.parse::<Ipv4Addr>().is_ok() || bracketed.is_some_and(|inner| inner.parse::<Ipv6Addr>().is_ok());
    let name = name.to_ascii_lowercase();
    let is_reserved = [".internal", ".localhost", ".test"].iter().any(|ending| name.ends_with(ending));
    is_address || is_reserved || !name.is_empty() && !name.contains(['.', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_local() {
        let is_local = |host: &str| is_this_machine(host_name(host));
        for local in
            ["localhost", "localhost:9400", "LOCALHOST:1", "127.0.0.1:9400", "[::1]:9400", "[::1]", "app.localhost:80"]
        {
            assert!(is_local(local) && cannot_be_rebound(host_name(local)), "{local}");
        }
        for other in [
            "",
            "evil.example",
            "evil.example:9400",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.0.2",
            "localhost:x",
        ] {
            assert!(!is_local(other), "{other}");
        }
    }

    #[test]
    fn public_names_can_be_rebound() {
        for safe in ["cognito", "192.168.0.2", "[fe80::1]", "cognito.test", "Host.Docker.Internal"] {
            assert!(cannot_be_rebound(safe), "{safe}");
        }
        for public in ["", "evil.example", "evil.", "localhost.", "test.evil.example", "1.2.3.4.evil.example", "a:b"] {
            assert!(!cannot_be_rebound(public), "{public}");
        }
    }
}
