//! Protocol code does no I/O: requests and replies are values, time and randomness arguments.

use super::sources::Sources;
use super::words;

const PROTOCOL: [&str; 20] = [
    "aws_json",
    "idp",
    "identity",
    "sts",
    "oauth",
    "appsync",
    "config",
    "event",
    "srp",
    "sigv4",
    "jwt",
    "pkce",
    "secret_hash",
    "totp_uri",
    "crypto",
    "group",
    "encode",
    "json",
    "secret",
    "error",
];

/// What waits, asks the outside or reads a clock.
const IMPURE: [&str; 9] =
    ["async", "await", "Platform", "SystemTime", "Instant", "getrandom", "std::fs", "std::net", "std::thread"];

pub(super) fn violations(sources: &Sources) -> Vec<String> {
    let mut violations = Vec::new();
    for file in sources.files.iter().filter(|file| PROTOCOL.contains(&file.layer())) {
        for name in IMPURE {
            for offset in words::find(&file.shipped, name) {
                violations.push(format!("{}: names {name}: take what it gives as an argument", file.place(offset)));
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flows_may_wait_and_protocol_may_not() {
        let found = violations(&Sources::of(&[
            ("flow/sign_in.rs", "async fn f(p: &impl Platform) { p.send().await }"),
            ("idp/sign_up.rs", "use crate::platform::{Request, Response};\nfn f() -> Request {}"),
            ("idp/get_user.rs", "use crate::platform::{Platform, Request};"),
            ("srp/client.rs", "\nasync fn f() {}"),
            ("crypto/mod.rs", "fn f() { getrandom::fill(x) } // async\nfn asynchronous() {}"),
        ]));
        let starts = [
            "src/idp/get_user.rs:1: names Platform",
            "src/srp/client.rs:2: names async",
            "src/crypto/mod.rs:1: names getrandom",
        ];
        assert_eq!(found.len(), starts.len(), "{found:?}");
        for (line, start) in found.iter().zip(starts) {
            assert!(line.starts_with(start), "{line}");
        }
    }
}
