//! `cargo xtask bench`: Poolpass beside the other kits, in one page of one headless Chromium.

use crate::arguments;
use crate::failure::Outcome;
use crate::invocation::Invocation;
use crate::package;
use crate::repository;
use crate::setup;

/// Builds the package and measures; figures are printed, never judged.
pub(crate) fn run(arguments: &[String]) -> Outcome<()> {
    let [rounds] = arguments::numbers(arguments, [("--rounds", 15_u32)])?;
    package::build()?;
    setup::root_packages()?;
    let chromium = setup::chromium()?;
    Invocation::new("node")
        .arg(repository::path("bench/run.mjs"))
        .arg(rounds.to_string())
        .env("POOLPASS_CHROMIUM", chromium.browser)
        .run()
}
