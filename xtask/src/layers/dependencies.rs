//! The emulator does not grade its own homework: the kit and it share no code. The group stands alone.

use crate::failure::Outcome;
use crate::invocation::Invocation;

/// What `poolpass-group` may depend on.
const OF_GROUP: [&str; 2] = ["poolpass-group", "zeroize"];

pub(super) fn violations() -> Outcome<Vec<String>> {
    let mut violations = Vec::new();
    for (package, others) in
        [("poolpass-local", &["poolpass", "poolpass-group"][..]), ("poolpass", &["poolpass-local"])]
    {
        let tree = tree(package)?;
        for other in others.iter().filter(|other| depends_on(&tree, other)) {
            violations.push(format!("{package} depends on {other}: share data (tests/vectors), not code"));
        }
    }
    violations.extend(
        beside(&tree("poolpass-group")?, &OF_GROUP)
            .map(|other| format!("poolpass-group depends on {other}: it needs zeroize alone")),
    );
    Ok(violations)
}

fn tree(package: &str) -> Outcome<String> {
    Invocation::cargo()
        .args(["tree", "--package", package, "--edges", "normal,build", "--target", "all", "--prefix", "none"])
        .output()
}

/// The packages in a tree that are not `known`.
fn beside<'a>(tree: &'a str, known: &'a [&str]) -> impl Iterator<Item = &'a str> {
    tree.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty() && !known.contains(name))
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

    #[test]
    fn names_what_the_group_must_not_depend_on() {
        let tree = "poolpass-group v0.1.0 (/group)\nzeroize v1.9.2\nsha2 v0.11.0\n";
        assert_eq!(beside(tree, &OF_GROUP).collect::<Vec<_>>(), ["sha2"]);
    }
}
