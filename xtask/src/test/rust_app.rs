//! The example app in Rust: built as an app is, and used in Chromium.

use super::count::{self, Tally};
use super::parts::{counted, node_tests};
use crate::build;
use crate::failure::Outcome;
use crate::invocation::Invocation;
use crate::repository;
use crate::setup;

/// The app's manifest. It is a workspace of its own, so that the other tests don't build Leptos.
pub(crate) const MANIFEST: &str = "examples/leptos/Cargo.toml";
const NAME: &str = "poolpass-leptos";

pub(super) fn run() -> Outcome<Tally> {
    setup::wasm_tests()?;
    let chromium = setup::chromium()?;
    let target = repository::work("rust-app");
    let page = target.join("page");
    Invocation::cargo()
        .args(["build", "--locked", "--manifest-path", MANIFEST, "--target", setup::WASM_TARGET, "--target-dir"])
        .arg(&target)
        .run()?;
    Invocation::new("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(&page)
        .arg(target.join(setup::WASM_TARGET).join("debug").join(NAME).with_extension("wasm"))
        .run()?;
    let tests = node_tests("tests/rust-app")?.env("POOLPASS_RUST_APP", page);
    let tests = tests.env("POOLPASS_LOCAL", build::emulator()?).env("POOLPASS_CHROMIUM", chromium.browser);
    counted(tests, count::node)
}
