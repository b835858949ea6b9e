//! The crates depend on each other in one direction, and so do the modules of the browser's crates.

use std::collections::BTreeMap;

use super::paths;
use super::sources::Sources;
use super::words;

/// From top to bottom: a crate's folder and its name in code.
const CRATES: [(&str, &str); 4] =
    [("js/src", "poolpass_js"), ("web/src", "poolpass_web"), ("src", "poolpass"), ("group/src", "poolpass_group")];

/// Uses of a crate that is not below.
pub(super) fn upward(crates: &[&Sources]) -> Vec<String> {
    let mut violations = Vec::new();
    for sources in crates {
        let own = CRATES.iter().position(|(folder, _)| *folder == sources.folder);
        for (_, name) in CRATES.iter().take(own.unwrap_or_default()) {
            for file in &sources.files {
                for offset in words::find(&file.shipped, name) {
                    violations.push(format!("{}: uses {name}, which is above {}", file.place(offset), sources.folder));
                }
            }
        }
    }
    violations
}

/// Modules of one crate that use each other in a circle, or use what `lib.rs` defines.
pub(super) fn circles(sources: &Sources) -> Vec<String> {
    let re_exports: Vec<(String, String)> =
        sources.files.iter().find(|file| file.module.is_empty()).map(paths::re_exports).unwrap_or_default();
    let is_module = |name: &str| sources.files.iter().any(|file| !file.module.is_empty() && file.layer() == name);
    let mut violations = Vec::new();
    let mut uses: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for file in sources.files.iter().filter(|file| !file.module.is_empty()) {
        for mention in paths::from_root(file) {
            let exported = re_exports.iter().find(|(name, _)| *name == mention.name);
            let used = exported.map_or(&mention.name, |(_, module)| module);
            let place = file.place(mention.offset);
            if !is_module(used) {
                violations.push(format!("{place}: uses {used} of lib.rs, which is above it: move it to a module"));
            } else if used != file.layer() {
                uses.entry(file.layer()).or_default().entry(used.clone()).or_insert(place);
            }
        }
    }
    for (module, used) in &uses {
        for (other, place) in used {
            if reaches(&uses, other, module, &mut Vec::new()) {
                violations.push(format!("{place}: {module} uses {other}, which uses {module}: move what both need"));
            }
        }
    }
    violations
}

fn reaches<'a>(
    uses: &'a BTreeMap<&str, BTreeMap<String, String>>,
    from: &'a str,
    to: &str,
    seen: &mut Vec<&'a str>,
) -> bool {
    if from == to {
        return true;
    }
    if seen.contains(&from) {
        return false;
    }
    seen.push(from);
    uses.get(from).is_some_and(|used| used.keys().any(|next| reaches(uses, next, to, seen)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_above_is_named() {
        let kit = Sources::of(&[("flow/mod.rs", "use crate::x;\nuse poolpass_web::BrowserPlatform;")]);
        let web = Sources::of_folder("web/src", &[("a.rs", "use poolpass::x; use poolpass_js::y;")]);
        let js = Sources::of_folder("js/src", &[("a.rs", "use poolpass::x; use poolpass_web::y;")]);
        let found = upward(&[&kit, &web, &js]);
        let starts = ["src/flow/mod.rs:2: uses poolpass_web", "web/src/a.rs:1: uses poolpass_js"];
        assert_eq!(found.len(), starts.len(), "{found:?}");
        assert!(found.iter().zip(starts).all(|(line, start)| line.starts_with(start)), "{found:?}");
    }

    #[test]
    fn circles_and_uses_of_the_root_are_named() {
        let root = "mod a; mod b; mod c; pub use b::Exported; pub struct Own;";
        let fine = [("lib.rs", root), ("a.rs", "use crate::b;"), ("b.rs", "use crate::c::x;"), ("c.rs", "")];
        assert_eq!(circles(&Sources::of_folder("web/src", &fine)), [""; 0]);
        let circle = [
            ("lib.rs", root),
            ("a.rs", "use crate::Exported;"),
            ("b.rs", "use crate::c;"),
            ("c.rs", "\nuse crate::a;"),
        ];
        let found = circles(&Sources::of_folder("web/src", &circle));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[2].starts_with("web/src/c.rs:2: c uses a, which uses c"), "{found:?}");
        let found = circles(&Sources::of_folder("web/src", &[("lib.rs", root), ("a.rs", "use crate::Own;")]));
        assert!(found[0].starts_with("web/src/a.rs:1: uses Own of lib.rs"), "{found:?}");
    }
}
