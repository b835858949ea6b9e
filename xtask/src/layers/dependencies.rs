//! The emulator does not grade its own homework: the kit and it share no code.

use crate::failure::Outcome;
use crate::invocation::Invocation;

pub(super) fn violations() -> Outcome<Vec<String>> {
    let mut violations = Vec::new();
    for (package, other) in [("poolpass-local", "poolpass"), ("poolpass", "poolpass-local")] {
        let tree = Invocation::cargo()
            .args(["tree", "--package", package, "--edges", "normal,build", "--target", "all", "--prefix", "none"])
            .output()?;
        if depends_on(&tree, other) {
            violations.push(format!("{package} depends on {other}: share data (tests/vectors), not code"));
        }
    }
    Ok(violations)
}

fn depends_on(tree: &str, package: &str) -> bool {
    tree.lines().any(|line| line.split(' ').next() == Some(package))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_a_package_in_a_tree_by_its_whole_name() {
        let tree = "poolpass-local v0.1.0 (/x)\nserde v1.0.0\npoolpass v0.1.0 (/y) (*)\n";
        assert!(depends_on(tree, "poolpass") && depends_on(tree, "serde"));
        assert!(!depends_on("poolpass-local v0.1.0 (/poolpass)\nsha2 v0.11.0", "poolpass"));
    }
}
