//! The parts of the test run, cheapest first.

use super::count::{self, Tally};
use super::e2e;
use super::rust_app;
use crate::build;
use crate::failure::{Failure, Outcome};
use crate::invocation::Invocation;
use crate::layers;
use crate::package;
use crate::repository;
use crate::setup;

/// A part that can be run alone by its name.
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) run: fn() -> Outcome<Tally>,
}

pub(super) const PARTS: [Part; 15] = [
    Part { name: "fmt", run: fmt },
    Part { name: "clippy", run: clippy },
    Part { name: "layers", run: layers },
    Part { name: "native", run: native },
    Part { name: "wasm", run: wasm },
    Part { name: "rust-app", run: rust_app::run },
    Part { name: "package", run: package },
    Part { name: "size", run: size },
    Part { name: "pack", run: pack },
    Part { name: "model", run: model },
    Part { name: "types", run: types },
    Part { name: "snippets", run: snippets },
    Part { name: "realtime", run: realtime },
    Part { name: "interop", run: interop },
    Part { name: "e2e", run: e2e::run },
];

/// All that poolpass-web can be built with.
const WEB_FEATURES: &str = "serde-wasm-bindgen";

fn fmt() -> Outcome<Tally> {
    let check = |options: &[&str]| {
        let invocation = Invocation::cargo().arg("fmt").args(options).args(["--check", "--", "--color=never"]);
        Ok(Tally::verdict(invocation.watch()?.success))
    };
    [check(&["--all"]), check(&["--manifest-path", rust_app::MANIFEST])].into_iter().sum()
}

fn clippy() -> Outcome<Tally> {
    setup::wasm_tests()?;
    let kit = ["poolpass", "poolpass-group", "poolpass-js", "poolpass-web"].map(|name| ["--package", name]).concat();
    let native: &[&str] = &["--workspace", "--all-targets"];
    let browser = ["--target", setup::WASM_TARGET, "--lib", "--test", "browser", "--test", "worker"];
    let wasm = [&kit[..], &browser, &["--test", "num_bigint"]].concat();
    let with_features = [&["--package", "poolpass-web", "--features", WEB_FEATURES], &browser[..]].concat();
    let with_contract = ["--package", "poolpass-js", "--features", "contract", "--target", setup::WASM_TARGET];
    let mut tally = Tally::default();
    for run in [native, &wasm, &with_features, &with_contract] {
        let invocation = Invocation::cargo().args(["clippy", "--locked"]).args(run);
        let invocation = invocation.args(["--", "--deny", "warnings"]);
        println!("{}", invocation.shown());
        tally = tally + Tally::verdict(invocation.watch()?.success);
    }
    Ok(tally)
}

fn layers() -> Outcome<Tally> {
    let mut tally = Tally::default();
    for check in layers::checks()? {
        check.print();
        tally = tally + Tally::verdict(check.violations.is_empty());
    }
    Ok(tally)
}

fn native() -> Outcome<Tally> {
    counted(Invocation::cargo().args(["test", "--locked", "--workspace", "--no-fail-fast"]), count::cargo)
}

fn wasm() -> Outcome<Tally> {
    setup::wasm_tests()?;
    let chromium = setup::chromium()?;
    let tests = |what: &[&str]| {
        Invocation::cargo()
            .args(["test", "--locked", "--target", setup::WASM_TARGET])
            .args(["--package", "poolpass-web", "--features", WEB_FEATURES])
            .args(what)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
            .env("CHROMEDRIVER", &chromium.driver)
            // Seconds; the default of 20 is short for a busy machine's first page.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
    };
    // The examples in the documentation are compiled, and not run.
    let examples = tests(&["--doc"]).watch()?;
    let programs = ["--test", "browser", "--test", "worker", "--package", "poolpass-group", "--test", "num_bigint"];
    Ok(counted(tests(&programs), count::cargo)? + Tally::verdict(examples.success))
}

fn package() -> Outcome<Tally> {
    package::run().map(|()| Tally::verdict(true))
}

/// What a page loads is held against `size.json`.
fn size() -> Outcome<Tally> {
    package::build()?;
    let tests = node_tests("tests/size")?.env("POOLPASS_PKG", package::folder());
    counted(tests.env("POOLPASS_NAMED_WASM", build::named_wasm()), count::node)
}

/// With `POOLPASS_BUNDLERS=all`, as before a release, apps are built by all bundlers and not by a chosen few.
fn pack() -> Outcome<Tally> {
    let chromium = setup::chromium()?;
    setup::bundlers()?;
    let mut folders = vec!["tests/pack", "tests/pack/bundlers"];
    match std::env::var("POOLPASS_BUNDLERS").as_deref() {
        Ok("all") => {
            setup::all_bundlers()?;
            folders.push("tests/pack/bundlers/all");
        }
        Ok("") | Err(_) => {}
        Ok(other) => return Err(Failure::new(format!("POOLPASS_BUNDLERS can be 'all', not '{other}'"))),
    }
    package::build()?;
    let tests = node_tests_of(&folders)?.env("POOLPASS_TARBALL", package::tarball());
    let tests = tests.env("POOLPASS_CONTRACT", package::build_with_contract()?);
    let tests = tests.env("POOLPASS_LOCAL", build::emulator()?).env("POOLPASS_CHROMIUM", chromium.browser);
    counted(tests, count::node)
}

fn model() -> Outcome<Tally> {
    package::build()?;
    counted(node_tests("tests/model")?.env("POOLPASS_TARBALL", package::tarball()), count::node)
}

fn types() -> Outcome<Tally> {
    package::build()?;
    counted(node_tests("tests/types")?.env("POOLPASS_TARBALL", package::tarball()), count::node)
}

fn snippets() -> Outcome<Tally> {
    setup::wasm_tests()?;
    let chromium = setup::chromium()?;
    package::build()?;
    let tests = node_tests("tests/snippets")?.env("POOLPASS_TARBALL", package::tarball());
    let tests = tests.env("POOLPASS_LOCAL", build::emulator()?).env("POOLPASS_CHROMIUM", chromium.browser);
    counted(tests, count::node)
}

fn realtime() -> Outcome<Tally> {
    package::build()?;
    counted(node_tests("tests/realtime")?.env("POOLPASS_TARBALL", package::tarball()), count::node)
}

fn interop() -> Outcome<Tally> {
    let chromium = setup::chromium()?;
    let python = setup::python()?;
    setup::appsync_simulator()?;
    package::build()?;
    // Every file starts an emulator of its own.
    let tests = node_tests("tests/interop")?.env("POOLPASS_LOCAL", build::emulator()?);
    counted(tests.env("POOLPASS_CHROMIUM", chromium.browser).env("POOLPASS_PYTHON", python), count::node)
}

/// Node's test runner over the `*.test.mjs` of a folder.
pub(super) fn node_tests(folder: &str) -> Outcome<Invocation> {
    node_tests_of(&[folder])
}

/// Node's test runner over the `*.test.mjs` of some folders, not of those inside them, where packages may be installed.
fn node_tests_of(folders: &[&str]) -> Outcome<Invocation> {
    setup::root_packages()?;
    let mut files = Vec::new();
    for folder in folders {
        let found = repository::files_in(&repository::path(folder))?;
        let before = files.len();
        files.extend(found.into_iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs")));
        if files.len() == before {
            // Node would look for tests everywhere.
            return Err(Failure::new(format!("there is no *.test.mjs in {folder}")));
        }
    }
    // Files that wait for a browser or a timer leave the other processor idle.
    let options = ["--test", "--test-reporter=spec", "--test-concurrency=2"];
    Ok(Invocation::new("node").args(options).args(files))
}

pub(super) fn counted(invocation: Invocation, count: fn(&str) -> Tally) -> Outcome<Tally> {
    let watched = invocation.watch()?;
    Ok(count(&watched.text).with_exit(watched.success))
}
