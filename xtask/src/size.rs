//! `cargo xtask size`: what a page that uses the package loads.

use crate::arguments;
use crate::build;
use crate::failure::Outcome;
use crate::invocation::Invocation;
use crate::package;
use crate::repository;
use crate::setup;

/// Builds the package and prints what each page loads, or with `--update` makes that the budget.
pub(crate) fn run(arguments: &[String]) -> Outcome<()> {
    let updates = arguments::flag("size", arguments, "--update")?;
    package::build()?;
    setup::root_packages()?;
    Invocation::script("size.mjs")
        .arg(if updates { "update" } else { "show" })
        .args([package::folder(), build::named_wasm(), repository::path("size.json")])
        .run()
}
