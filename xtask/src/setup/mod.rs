//! The tools that the commands need: is each one there, and if not, how it is installed.
//!
//! Everything lands inside the repository (`target/tools`, `node_modules`), save what only the
//! system's own package manager can install: the wasm target (rustup), Chromium and Python (apt).

mod apt;
mod chromium;
mod node;
mod python;
mod wasm_bindgen;
mod wasm_pack;
mod wasm_target;

use crate::failure::{Failure, Outcome};
use crate::invocation::Invocation;
use crate::repository;

pub(crate) use chromium::chromium;
pub(crate) use node::{all_bundlers, appsync_simulator, bundlers, root_packages};
pub(crate) use python::python;
pub(crate) use wasm_target::WASM_TARGET;

/// What building the package takes.
pub(crate) fn packaging() -> Outcome<()> {
    node::node()?;
    wasm_target::wasm_target()?;
    wasm_pack::wasm_pack()?;
    wasm_bindgen::wasm_bindgen()?;
    node::wasm_opt()
}

/// What the wasm tests take in addition to Chromium.
pub(crate) fn wasm_tests() -> Outcome<()> {
    wasm_target::wasm_target()?;
    wasm_bindgen::wasm_bindgen()
}

/// All that any command needs.
pub(crate) fn everything() -> Outcome<()> {
    packaging()?;
    root_packages()?;
    appsync_simulator()?;
    bundlers()?;
    python()?;
    chromium().map(|_| ())
}

/// Compiles a program from crates.io into `target/tools`, with its own lock file if that resolves.
fn cargo_install(package: &str, version: Option<&str>) -> Outcome<()> {
    println!("installing {package} {} (some minutes, once) …", version.unwrap_or("(latest)"));
    let install = |locked: bool| {
        Invocation::cargo()
            .args(["install", package, "--force", "--root"])
            .arg(repository::tools())
            .args(version.map(|version| ["--version", version]).iter().flatten())
            .args(locked.then_some("--locked"))
            .run()
    };
    install(true)
        .or_else(|_| {
            println!("{package}'s own lock file does not resolve against this registry; without it …");
            install(false)
        })
        .map_err(|failure| {
            let version = version.map(|version| format!(" --version {version}")).unwrap_or_default();
            Failure::new(format!("{failure}: install it with 'cargo install{version} {package}' and try again"))
        })
}
