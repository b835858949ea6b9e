//! `src/` reads top to bottom as layers: a module uses only modules below it.

use super::paths;
use super::sources::{Source, Sources};
use super::table::{FILE, Layers};

pub(super) fn violations(sources: &Sources, layers: &Layers) -> Vec<String> {
    let root = sources.files.iter().find(|file| file.module.is_empty());
    let re_exports = root.map(paths::re_exports).unwrap_or_default();
    let mut violations = Vec::new();
    for file in sources.files.iter().filter(|file| !file.module.is_empty()) {
        let Some(own) = layers.rank(file.layer()) else {
            violations.push(format!("{}: module '{}' has no place in {FILE}", file.name, file.layer()));
            continue;
        };
        for mention in paths::from_root(file) {
            let exported = re_exports.iter().find(|(name, _)| *name == mention.name);
            let used = exported.map_or(mention.name.as_str(), |(_, module)| module);
            if !is_module(sources, layers, used) || is_allowed(file, layers, used, own) {
                continue;
            }
            violations.push(format!(
                "{}: {} uses {used}, which is not below it: move the code, or pass it in as an argument",
                file.place(mention.offset),
                file.layer(),
            ));
        }
    }
    violations
}

fn is_allowed(file: &Source, layers: &Layers, used: &str, own: usize) -> bool {
    used == file.layer() || layers.is_common(used) || layers.rank(used).is_some_and(|rank| rank > own)
}

fn is_module(sources: &Sources, layers: &Layers, name: &str) -> bool {
    layers.rank(name).is_some() || sources.files.iter().any(|file| file.layer() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violations(sources: &Sources) -> Vec<String> {
        super::violations(sources, &Layers::read().unwrap())
    }

    #[test]
    fn downward_is_fine() {
        let sources = Sources::of(&[
            ("lib.rs", "pub use client::Client; mod flow;"),
            (
                "flow/sign_in.rs",
                "use crate::{session, platform::Platform, srp, json, flow::sign_up}; use super::sign_out;",
            ),
            ("error/mod.rs", "use crate::secret::Secret; type T = crate::Unknown;"),
            ("secret.rs", "use crate::error;"),
            ("srp/mod.rs", "#[cfg(test)] mod tests { use crate::client; } // crate::flow\nuse crate::crypto;"),
        ]);
        assert_eq!(violations(&sources), [""; 0]);
    }

    #[test]
    fn upward_and_sideways_are_named_with_their_line() {
        let cases = [
            ("srp/client.rs", "use crate::encode;\nuse crate::flow::x;", "src/srp/client.rs:2: srp uses flow,"),
            ("srp.rs", "use super::platform;", "src/srp.rs:1: srp uses platform,"),
            ("retry.rs", "use crate::session;", "src/retry.rs:1: retry uses session,"),
            ("crypto/mod.rs", "fn f() { crate::srp::g() }", "src/crypto/mod.rs:1: crypto uses srp,"),
            ("idp/mod.rs", "use crate::{json, identity::x};", "src/idp/mod.rs:1: idp uses identity,"),
            ("memory.rs", "use crate::flow;", "src/memory.rs:1: memory uses flow,"),
            ("error/mod.rs", "use crate::json;", "src/error/mod.rs:1: error uses json,"),
            ("platform.rs", "use crate::Client;", "src/platform.rs:1: platform uses client,"),
        ];
        for (path, text, expected) in cases {
            let found = violations(&Sources::of(&[("lib.rs", "pub use client::Client;"), (path, text)]));
            assert_eq!(found.len(), 1, "{path}: {found:?}");
            assert!(found[0].starts_with(expected), "{found:?}");
        }
    }

    #[test]
    fn a_module_without_a_place_is_told_so() {
        let found = violations(&Sources::of(&[("helpers.rs", "")]));
        assert!(found[0].contains("'helpers' has no place in docs/architecture.md"), "{found:?}");
        let found = violations(&Sources::of(&[("srp.rs", "use crate::helpers;"), ("helpers.rs", "")]));
        assert!(found.iter().any(|line| line.starts_with("src/srp.rs:1: srp uses helpers")), "{found:?}");
    }
}
