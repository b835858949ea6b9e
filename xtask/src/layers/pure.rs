//! Protocol code does no I/O: requests and replies are values, time and randomness arguments.

use super::sources::Sources;
use super::table::Layers;
use super::words;

/// What waits, asks the outside or reads a clock.
const IMPURE: [&str; 9] =
    ["async", "await", "Platform", "SystemTime", "Instant", "getrandom", "std::fs", "std::net", "std::thread"];

pub(super) fn violations(sources: &Sources, layers: &Layers) -> Vec<String> {
    let mut violations = Vec::new();
    for file in sources.files.iter().filter(|file| layers.is_pure(file.layer())) {
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
        let sources = Sources::of(&[
            ("flow/sign_in.rs", "async fn f(p: &impl Platform) { p.send().await }"),
            ("idp/sign_up.rs", "use crate::platform::{Request, Response};\nfn f() -> Request {}"),
            ("idp/get_user.rs", "use crate::platform::{Platform, Request};"),
            ("srp/client.rs", "\nasync fn f() {}"),
            ("crypto/mod.rs", "fn f() { getrandom::fill(x) } // async\nfn asynchronous() {}"),
        ]);
        let found = violations(&sources, &Layers::read().unwrap());
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
