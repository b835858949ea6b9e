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

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::failure::{Doing, Outcome};
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

/// What building the demo takes.
pub(crate) fn demo() -> Outcome<()> {
    node::node()?;
    wasm_tests()
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

/// Compiles a program into `target/tools`, with the versions of its lock file. `what` are `cargo install`'s words for it.
///
/// Without optimisation, which takes half the time: the program runs for a second or two.
fn cargo_install(name: &str, what: &[&OsStr]) -> Outcome<()> {
    println!("compiling {name} (a minute or two, once) …");
    let build = repository::tools().join("build");
    Invocation::cargo()
        .args(["install", "--locked", "--debug", "--force", "--root"])
        .args([repository::tools().as_path(), Path::new("--target-dir"), &build])
        .args(what)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .run()?;
    fs::remove_dir_all(&build).doing(format_args!("remove {}", repository::shown(&build)))
}
