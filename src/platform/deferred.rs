//! Code that few calls need. The npm package has it in a second wasm file, which is loaded with the first of them.

use std::future::Future;
use std::pin::Pin;

/// The deferred code is loaded: [`super::Platform::load_deferred`] returns this.
///
/// What only [`Loaded::run`] reaches becomes the second wasm file (`xtask/wasm-opt/split`, which knows it by its name).
#[derive(Clone, Copy, Debug)]
pub struct Loaded(());

impl Loaded {
    /// For a platform, once the deferred code is part of the program or has been loaded.
    pub const fn new() -> Self {
        Self(())
    }

    /// Runs deferred code.
    #[expect(clippy::redundant_async_block, reason = "the build knows the block by its name")]
    pub fn run<'a, T>(self, work: impl Future<Output = T> + 'a) -> Pin<Box<dyn Future<Output = T> + 'a>> {
        Box::pin(async move { work.await })
    }
}

impl Default for Loaded {
    fn default() -> Self {
        Self::new()
    }
}
