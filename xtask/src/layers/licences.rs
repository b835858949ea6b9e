//! Every crate in our `Cargo.lock` and the example's may be used, changed and shipped by anybody.

use crate::failure::Outcome;
use crate::invocation::Invocation;
use crate::repository;
use crate::test::RUST_APP;

/// Licences of what Leptos is made of. Nothing of the example is shipped.
const FOR_THE_EXAMPLE: [&str; 2] = ["BSL-1.0", "CC0-1.0"];

pub(super) fn violations() -> Outcome<Vec<String>> {
    let mut violations = Vec::new();
    for (manifest, also) in [("Cargo.toml", &[][..]), (RUST_APP, &FOR_THE_EXAMPLE)] {
        let metadata = Invocation::cargo().args(["metadata", "--format-version", "1", "--manifest-path", manifest]);
        let file = repository::work("metadata.json");
        repository::write(&file, metadata.output()?.as_bytes())?;
        let also = also.iter().map(|licence| format!("--also={licence}"));
        let script = Invocation::script("licences.mjs").arg(file).arg(repository::path("pkg.json")).args(also);
        violations.extend(script.output()?.lines().map(str::to_owned));
    }
    violations.sort();
    violations.dedup();
    Ok(violations)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(licences: &[(&str, &str)]) -> Vec<String> {
        let package =
            |(name, licence): &(&str, &str)| format!(r#"{{"name":"{name}","version":"1.0.0","license":{licence}}}"#);
        let packages: Vec<String> = licences.iter().map(package).collect();
        let file = repository::work("licences-test.json");
        repository::write(&file, format!(r#"{{"packages":[{}]}}"#, packages.join(",")).as_bytes()).unwrap();
        let lines = Invocation::script("licences.mjs").arg(&file).arg(repository::path("pkg.json")).output().unwrap();
        lines.lines().map(str::to_owned).collect()
    }

    #[test]
    fn reads_licence_expressions() {
        let permissive = [
            ("a", r#""MIT OR Apache-2.0""#),
            ("b", r#""MIT/Apache-2.0""#),
            ("c", r#""(MIT OR GPL-3.0-only) AND Unicode-3.0""#),
            ("d", r#""Apache-2.0 WITH LLVM-exception OR AGPL-3.0""#),
            ("e", r#""AGPL-3.0 OR BSD-3-Clause AND Zlib""#),
            ("f", r#""MPL-2.0+""#),
        ];
        assert_eq!(found(&permissive), [""; 0]);
        let refused = [
            ("a", r#""GPL-3.0""#),
            ("b", r#""MIT AND AGPL-3.0-only""#),
            ("c", "null"),
            ("d", r#""(MIT OR ISC) AND LGPL-2.1""#),
            ("e", r#""MIT WITH strange-exception""#),
            ("f", r#""MIT OR""#),
            ("g", r#""GPL-2.0+""#),
        ];
        let lines = found(&refused);
        assert_eq!(lines.len(), refused.len(), "{lines:?}");
        assert!(lines[0].starts_with("a 1.0.0: 'GPL-3.0'"), "{lines:?}");
    }
}
