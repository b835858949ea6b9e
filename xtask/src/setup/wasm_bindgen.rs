//! wasm-bindgen's programs, in exactly the version that `Cargo.lock` has of the library: the two
//! speak a private format that changes between patch versions.

use crate::failure::{Failure, Outcome};
use crate::invocation::Invocation;
use crate::repository;

/// The workspace of its own that pins them, with all that they depend on.
const WORKSPACE: &str = "xtask/bindgen";

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
    let pinned = repository::locked_version_in(&format!("{WORKSPACE}/Cargo.lock"), "wasm-bindgen-cli")?;
    if pinned != version {
        return Err(Failure::new(format!(
            "Cargo.lock has wasm-bindgen {version}, {WORKSPACE}/Cargo.lock has {pinned}: set the former in {WORKSPACE}/Cargo.toml, and run 'cargo update' there"
        )));
    }
    super::cargo_install(&format!("wasm-bindgen {version}"), &["--path".as_ref(), repository::path(WORKSPACE).as_ref()])
}
