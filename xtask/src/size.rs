//! `cargo xtask size`: what the package costs on the wire.

use crate::failure::Outcome;
use crate::invocation::Invocation;
use crate::package;
use crate::setup;

/// Builds the package and prints the bytes of each part.
pub(crate) fn run() -> Outcome<()> {
    package::build()?;
    setup::root_packages()?;
    Invocation::script("size.mjs").arg(package::folder()).run()
}
