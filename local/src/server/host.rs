//! Against DNS rebinding: a page of another site can't make its own name lead here.

/// Whether a `Host` header names this machine.
pub(super) fn is_local(host: Option<&str>) -> bool {
    let Some(host) = host else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "localhost" | "127.0.0.1" | "[::1]") || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn only_names_of_this_machine_pass() {
        for local in
            ["localhost", "localhost:9400", "LOCALHOST:1", "127.0.0.1:9400", "[::1]:9400", "[::1]", "app.localhost:80"]
        {
            assert!(is_local(Some(local)), "{local}");
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
            assert!(!is_local(Some(other)), "{other}");
        }
        assert!(!is_local(None));
    }
}
