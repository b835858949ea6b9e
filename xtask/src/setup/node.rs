//! Node.js and the sets of npm packages: the one behind `wasm-opt`, the tests' own, AWS's AppSync
//! simulator, and the bundlers.

use crate::failure::{Failure, Outcome};
use crate::invocation::Invocation;
use crate::repository;
use crate::stamp::Stamp;

const OLDEST_NODE: u32 = 20;

/// Checks that a recent Node.js with npm is there. It can't be installed from here.
pub(super) fn node() -> Outcome<()> {
    let advice = format!("install Node.js {OLDEST_NODE} or newer (https://nodejs.org) and try again");
    let Some(version) = Invocation::new("node").arg("--version").probe() else {
        return Err(Failure::new(format!("node is not on the PATH: {advice}")));
    };
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        return Err(Failure::new(format!("node {version} is too old: {advice}")));
    }
    if Invocation::npm().arg("--version").probe().is_none() {
        return Err(Failure::new(format!("npm is not on the PATH: {advice}")));
    }
    Ok(())
}

/// `wasm-opt`, from npm's `binaryen`, in a folder of its own so that the demo installs no test packages.
pub(super) fn wasm_opt() -> Outcome<()> {
    clean_install("xtask/wasm-opt")
}

/// What the tests and benchmarks use.
pub(crate) fn root_packages() -> Outcome<()> {
    clean_install("")
}

/// AWS's AppSync simulator, which brings half of a command line tool with it.
pub(crate) fn appsync_simulator() -> Outcome<()> {
    clean_install("xtask/appsync-simulator")
}

/// The bundlers that every test run builds apps with.
pub(crate) fn bundlers() -> Outcome<()> {
    clean_install("tests/pack/bundlers")
}

/// The other bundlers and the other versions, which are 600 MB.
pub(crate) fn all_bundlers() -> Outcome<()> {
    clean_install("tests/pack/bundlers/all")
}

fn clean_install(folder: &str) -> Outcome<()> {
    node()?;
    let directory = repository::path(folder);
    let name = if folder.is_empty() { "npm".to_owned() } else { folder.replace('/', "-") };
    let inputs = [directory.join("package.json"), directory.join("package-lock.json")];
    let stamp = Stamp::new(&name, &inputs, "", &[directory.join("node_modules/.package-lock.json")])?;
    if stamp.is_current()? {
        return Ok(());
    }
    println!("installing the npm packages of {} …", if folder.is_empty() { "package.json" } else { folder });
    Invocation::npm()
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .directory(&directory)
        .run()
        .map_err(|failure| Failure::new(format!("{failure}: run 'npm ci' in ./{folder} and look at what npm says")))?;
    stamp.record()
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_node_versions() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("nonsense"), None);
    }
}
