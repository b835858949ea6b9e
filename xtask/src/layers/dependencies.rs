//! What our packages depend on: the kit and the emulator share no code, so that the emulator does not grade its own homework.
//! And a Rust app links nothing that only the npm package needs.

use crate::failure::Outcome;
use crate::invocation::Invocation;
use crate::repository;
use crate::setup::WASM_TARGET;
use crate::test::RUST_APP;

/// Kit and emulator.
pub(super) fn violations() -> Outcome<Vec<String>> {
    let mut violations = Vec::new();
    let apart = [("poolpass-local", "poolpass"), ("poolpass-local", "poolpass-group"), ("poolpass", "poolpass-local")];
    for (package, other) in apart {
        let tree = tree(&["--package", package, "--target", "all"])?;
        if depends_on(&tree, other) {
            violations.push(format!("{package} depends on {other}: share data (tests/vectors), not code"));
        }
    }
    Ok(violations)
}

/// What `poolpass-group` may depend on.
const OF_GROUP: [&str; 2] = ["poolpass-group", "zeroize"];

/// The group is small and stands alone.
pub(super) fn of_the_group() -> Outcome<Vec<String>> {
    let tree = tree(&["--package", "poolpass-group", "--target", "all"])?;
    Ok(beside(&tree, &OF_GROUP).map(|package| format!("poolpass-group depends on {package}")).collect())
}

/// The packages in a tree that are not `known`.
fn beside<'a>(tree: &'a str, known: &'a [&str]) -> impl Iterator<Item = &'a str> {
    tree.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty() && !known.contains(name))
}

/// Crates that would bring an allocator, which an app chooses for itself, and our cdylib.
const NOT_FOR_APPS: [&str; 6] = ["talc", "dlmalloc", "lol_alloc", "rlsf", "wee_alloc", "poolpass-js"];

/// A Rust app for wasm32.
pub(super) fn of_an_app() -> Outcome<Vec<String>> {
    let mut violations = of_a_tree(&tree(&["--manifest-path", RUST_APP, "--target", WASM_TARGET])?);
    for folder in ["", "web"] {
        let manifest = repository::path(folder).join("Cargo.toml");
        if repository::read(&manifest)?.contains("cdylib") {
            violations.push(format!("{}: an app would build this cdylib too", manifest.display()));
        }
    }
    for file in ["src", "web/src"].map(|folder| repository::files_below(&repository::path(folder))) {
        for file in file? {
            if repository::read(&file)?.contains("#[global_allocator]") {
                violations.push(format!("{}: an app chooses its allocator", file.display()));
            }
        }
    }
    Ok(violations)
}

fn of_a_tree(tree: &str) -> Vec<String> {
    let kit = ["poolpass", "poolpass-web"].into_iter().filter(|package| !depends_on(tree, package));
    let kit = kit.map(|package| format!("{RUST_APP}: no longer depends on {package}, so this checks nothing"));
    let refused = NOT_FOR_APPS.into_iter().filter(|package| depends_on(tree, package));
    kit.chain(refused.map(|package| format!("{RUST_APP}: links {package}"))).collect()
}

fn tree(options: &[&str]) -> Outcome<String> {
    Invocation::cargo().arg("tree").args(options).args(["--edges", "normal,build", "--prefix", "none"]).output()
}

fn depends_on(tree: &str, package: &str) -> bool {
    tree.lines().any(|line| line.split(' ').next() == Some(package))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_the_group_must_not_depend_on() {
        let tree = "poolpass-group v0.1.0 (/group)\nzeroize v1.9.2\nsha2 v0.11.0\n";
        assert_eq!(beside(tree, &OF_GROUP).collect::<Vec<_>>(), ["sha2"]);
    }

    #[test]
    fn sees_a_package_in_a_tree_by_its_whole_name() {
        let tree = "poolpass-local v0.1.0 (/x)\nserde v1.0.0\npoolpass v0.1.0 (/y) (*)\n";
        assert!(depends_on(tree, "poolpass") && depends_on(tree, "serde"));
        assert!(!depends_on("poolpass-local v0.1.0 (/poolpass)\nsha2 v0.11.0", "poolpass"));
    }

    #[test]
    fn an_app_links_the_kit_and_no_allocator() {
        let app = "app v0.1.0 (/x)\npoolpass-web v0.1.0 (/y)\npoolpass v0.1.0 (/z)\n";
        assert_eq!(of_a_tree(app), [""; 0]);
        assert!(of_a_tree(&format!("{app}talc v5.0.0\n"))[0].ends_with("links talc"));
        assert!(of_a_tree("app v0.1.0 (/x)\npoolpass v0.1.0 (/z)\n")[0].contains("poolpass-web"));
    }
}
