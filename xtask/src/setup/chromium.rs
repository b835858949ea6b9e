//! Chromium and its driver, for the tests that need a browser.

use std::path::PathBuf;

use super::apt;
use crate::failure::{Failure, Outcome};
use crate::invocation;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APT_PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// The browser that tests drive.
pub(crate) struct Chromium {
    /// The browser itself, for Playwright.
    pub(crate) browser: PathBuf,
    /// The WebDriver program, for wasm-bindgen's test runner.
    pub(crate) driver: PathBuf,
}

/// Finds Chromium and its driver, after installing them through apt when one is missing.
pub(crate) fn chromium() -> Outcome<Chromium> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(&APT_PACKAGES)?;
    find().ok_or_else(|| {
        Failure::new(format!("apt installed it, but Chromium is not on the PATH: {}", apt::advice(&APT_PACKAGES)))
    })
}

fn find() -> Option<Chromium> {
    Some(Chromium { browser: invocation::find(&BROWSERS)?, driver: invocation::find(&["chromedriver"])? })
}
