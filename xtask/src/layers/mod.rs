//! The architecture rules that a program can check (docs/architecture.md): what uses what in
//! `src/`, `web/` and `js/`, what shipped code may not do, what the packages depend on, and their licences.

mod browser;
mod costly;
mod crates;
mod dependencies;
mod floors;
mod length;
mod licences;
mod order;
mod paths;
mod pure;
mod scrub;
mod sources;
mod table;
mod use_tree;
mod words;

use std::process::ExitCode;

use crate::failure::Outcome;
use crate::repository;
use sources::Sources;
use table::Layers;

/// One rule and where it is broken, each place as `file:line: what and what to do`.
pub(crate) struct Check {
    pub(crate) rule: &'static str,
    pub(crate) violations: Vec<String>,
}

impl Check {
    /// Prints the verdict, with the places.
    pub(crate) fn print(&self) {
        println!("{}  {}", if self.violations.is_empty() { "ok    " } else { "BROKEN" }, self.rule);
        for violation in &self.violations {
            println!("        {violation}");
        }
    }
}

/// `cargo xtask layers`.
pub(crate) fn run() -> Outcome<ExitCode> {
    let checks = checks()?;
    checks.iter().for_each(Check::print);
    let broken = checks.iter().any(|check| !check.violations.is_empty());
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Every rule, checked.
pub(crate) fn checks() -> Outcome<Vec<Check>> {
    let (kit, group) = (Sources::read("src")?, Sources::read("group/src")?);
    let (web, js) = (Sources::read("web/src")?, Sources::read("js/src")?);
    let layers = Layers::read()?;
    let local = Sources::read("local/src")?;
    let house = floors::House::of(&local);
    let map = repository::read(&repository::path(floors::FILE))?;
    let (floors, rooms) = (Layers::under(&map, "## The house"), Layers::under(&map, "### Rooms of services"));
    let of_all = |check: fn(&Sources) -> Vec<String>| [&kit, &group, &web, &js].into_iter().flat_map(check).collect();
    Ok(vec![
        Check { rule: "a module uses only modules below it", violations: order::violations(&kit, &layers) },
        Check { rule: "docs/architecture.md lists the layers that exist", violations: layers.missing(&kit) },
        Check { rule: "a crate uses only crates below it", violations: crates::upward(&[&group, &kit, &web, &js]) },
        Check {
            rule: "the modules of web/ and js/ form no circle",
            violations: [&web, &js].into_iter().flat_map(crates::circles).collect(),
        },
        Check {
            rule: "only web/ and js/ name the browser",
            violations: [&kit, &group].into_iter().flat_map(browser::violations).collect(),
        },
        Check { rule: "protocol code does no I/O", violations: pure::violations(&kit, &layers) },
        Check {
            rule: "shipped code does nothing costly",
            violations: [&kit, &group, &js].into_iter().flat_map(costly::violations).collect(),
        },
        Check { rule: "the emulator: a floor uses only floors below it", violations: house.upward(&floors, &rooms) },
        Check { rule: "the emulator: no circle between files", violations: house.circles() },
        Check {
            rule: "local/README.md lists the floors and rooms that exist",
            violations: house.unlisted(&floors, &rooms),
        },
        Check {
            rule: "no file is over 400 lines",
            violations: [of_all(length::violations), length::violations(&local)].concat(),
        },
        Check { rule: "the kit and the emulator share no code", violations: dependencies::violations()? },
        Check { rule: "a Rust app links no allocator and no cdylib of ours", violations: dependencies::of_an_app()? },
        Check { rule: "the group depends on zeroize alone", violations: dependencies::of_the_group()? },
        Check { rule: "every dependency's licence is permissive", violations: licences::violations()? },
    ])
}
