//! Chromium and its driver, for the tests that need a browser.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::invocation::{self, Invocation};

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
    apt_install()?;
    find().ok_or_else(|| Failure::new(format!("apt installed it, but Chromium is not on the PATH: {}", advice())))
}

fn find() -> Option<Chromium> {
    Some(Chromium { browser: invocation::find(&BROWSERS)?, driver: invocation::find(&["chromedriver"])? })
}

fn apt_install() -> Outcome<()> {
    if invocation::find(&["apt-get"]).is_none() {
        return Err(Failure::new(format!("there is no Chromium here, and no apt to install it: {}", advice())));
    }
    println!("installing {} …", APT_PACKAGES.join(" and "));
    as_root(&["apt-get", "update", "--quiet"])?;
    as_root(&[&["apt-get", "install", "--quiet", "--yes", "--no-install-recommends"][..], &APT_PACKAGES].concat())
}

fn as_root(words: &[&str]) -> Outcome<()> {
    let is_root = Invocation::new("id").arg("-u").probe().as_deref() == Some("0");
    // -n: fail rather than ask for a password, for a test run has nobody to answer.
    let prefix: &[&str] = if is_root { &["env"] } else { &["sudo", "-n", "env"] };
    let (program, rest) = (prefix[0], &prefix[1..]);
    Invocation::new(program)
        .args(rest)
        .arg("DEBIAN_FRONTEND=noninteractive")
        .args(words)
        .run()
        .map_err(|failure| Failure::new(format!("{failure}: {}", advice())))
}

fn advice() -> String {
    format!("install it yourself ('sudo apt-get install {}') and try again", APT_PACKAGES.join(" "))
}
