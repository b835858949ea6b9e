//! The layers of `src/`, as the table in `docs/architecture.md` lists them. There is no other list.

use super::sources::Sources;
use crate::failure::Outcome;
use crate::repository;

pub(super) const FILE: &str = "docs/architecture.md";
const HEADING: &str = "## Layers";

/// The layers from top to bottom. Modules of one layer do not use each other.
pub(super) struct Layers(Vec<Layer>);

struct Layer {
    modules: Vec<String>,
    /// Whether the layer may wait, read a clock or use `Platform`.
    does_io: bool,
}

impl Layers {
    /// Reads the table.
    pub(super) fn read() -> Outcome<Self> {
        Ok(Self::of(&repository::read(&repository::path(FILE))?))
    }

    /// The first table below the heading: the modules in backticks in the first cell, `yes` in the last one if the layer
    /// does I/O.
    pub(super) fn of(text: &str) -> Self {
        Self::under(text, HEADING)
    }

    /// The first table below a heading.
    pub(super) fn under(text: &str, heading: &str) -> Self {
        let section = text.split_once(heading).map_or("", |(_, section)| section);
        let rows = section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
        let layer = |row: &str| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let modules = cells[0].split('`').skip(1).step_by(2).map(str::to_owned).collect();
            Layer { modules, does_io: cells.last() == Some(&"yes") }
        };
        // After the header and the line below it.
        Self(rows.skip(2).map(layer).collect())
    }

    /// The place of a module, counted from the top.
    pub(super) fn rank(&self, module: &str) -> Option<usize> {
        self.0.iter().position(|layer| layer.modules.iter().any(|own| own == module))
    }

    /// All modules that are listed.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|layer| &layer.modules).map(String::as_str)
    }

    /// Whether every layer may use this module: the bottom row, whose modules may use each other.
    pub(super) fn is_common(&self, module: &str) -> bool {
        self.0.last().is_some_and(|layer| layer.modules.iter().any(|own| own == module))
    }

    /// Whether a module must not do I/O.
    pub(super) fn is_pure(&self, module: &str) -> bool {
        self.rank(module).is_some_and(|rank| !self.0[rank].does_io)
    }

    /// The modules that the table lists but `src/` does not have.
    pub(super) fn missing(&self, sources: &Sources) -> Vec<String> {
        let listed = self.0.iter().flat_map(|layer| &layer.modules);
        let is_missing = |module: &&String| !sources.files.iter().any(|file| file.layer() == **module);
        let report = |module: &String| format!("{FILE}: lists the module '{module}', which src/ does not have");
        listed.filter(is_missing).map(report).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "## Parts\n| a | b |\n|---|---|\n| `x` | yes |\n## Layers\nText.\n\n| layer | content | I/O |\n|---|---|---|\n\
                         | `flow` | with `code` | yes |\n| `idp`, `sts` | | no |\n| `secret`, `error` | | no |\n\n| `other` |\n";

    #[test]
    fn reads_the_table_below_the_heading() {
        let layers = Layers::of(TABLE);
        let ranks = ["flow", "idp", "sts", "secret", "error", "x", "code", "other"].map(|module| layers.rank(module));
        assert_eq!(ranks, [Some(0), Some(1), Some(1), Some(2), Some(2), None, None, None]);
        assert!(!layers.is_pure("flow") && layers.is_pure("idp") && !layers.is_pure("unknown"));
        assert!(layers.is_common("error") && !layers.is_common("idp"));
    }

    #[test]
    fn names_what_the_crate_does_not_have() {
        let sources = Sources::of(&[("flow/mod.rs", ""), ("idp.rs", ""), ("secret.rs", ""), ("error.rs", "")]);
        assert_eq!(
            Layers::of(TABLE).missing(&sources),
            ["docs/architecture.md: lists the module 'sts', which src/ does not have"]
        );
    }

    #[test]
    fn the_projects_own_table_has_layers_that_do_io_and_layers_that_do_not() {
        let layers = Layers::read().unwrap();
        assert!(layers.rank("client") < layers.rank("session") && layers.rank("session") < layers.rank("idp"));
        assert!(layers.is_pure("idp") && !layers.is_pure("session") && layers.is_common("error"));
    }
}
