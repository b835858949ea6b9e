//! wasm-bindgen's programs, in exactly the version that `Cargo.lock` has of the library: the two
//! speak a private format that changes between patch versions.

use crate::failure::Outcome;
use crate::invocation::Invocation;
use crate::repository;

/// Installs `wasm-bindgen` and `wasm-bindgen-test-runner` unless the right ones are on the path.
/// wasm-pack then finds them and has nothing to download.
pub(super) fn wasm_bindgen() -> Outcome<()> {
    let version = repository::locked_version("wasm-bindgen")?;
    let is_there = |program: &str| {
        let line = Invocation::new(program).arg("--version").probe();
        line.is_some_and(|line| line.split(' ').nth(1) == Some(&version))
    };
    if is_there("wasm-bindgen") && is_there("wasm-bindgen-test-runner") {
        return Ok(());
    }
    super::cargo_install("wasm-bindgen-cli", Some(&version))
}
