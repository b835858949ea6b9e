//! The standard library for `wasm32-unknown-unknown`.

use std::path::Path;

use crate::failure::{Failure, Outcome};
use crate::invocation::Invocation;

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target through rustup unless the toolchain has it, whoever installed it.
pub(super) fn wasm_target() -> Outcome<()> {
    let libraries = Invocation::new("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]).probe();
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    println!("adding the Rust target {WASM_TARGET} …");
    Invocation::new("rustup").args(["target", "add", WASM_TARGET]).run().map_err(|failure| {
        Failure::new(format!(
            "{failure}: install Rust with rustup (https://rustup.rs), or {WASM_TARGET} with your Rust"
        ))
    })
}
