//! `cargo xtask bench`: Poolpass beside the programs that do the same, in one headless Chromium.

use crate::arguments;
use crate::failure::Outcome;
use crate::invocation::Invocation;
use crate::package;
use crate::repository;
use crate::setup;

/// Builds the package, measures, and writes `docs/performance.md`; figures are never judged.
pub(crate) fn run(arguments: &[String]) -> Outcome<()> {
    let [rounds] = arguments::numbers(arguments, [("--rounds", 15_u32)])?;
    package::build()?;
    setup::root_packages()?;
    let chromium = setup::chromium()?;
    Invocation::new("node")
        .arg(repository::path("bench/run.mjs"))
        .arg(rounds.to_string())
        .arg(repository::path("docs"))
        .env("POOLPASS_CHROMIUM", chromium.browser)
        .run()
}
