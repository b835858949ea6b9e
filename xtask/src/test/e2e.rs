//! The end-to-end tests: Playwright on the demo, in lanes side by side.

use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::count::{self, Tally};
use crate::build;
use crate::emulator::Emulator;
use crate::failure::{Failure, Outcome};
use crate::invocation::Invocation;
use crate::package;
use crate::repository;
use crate::setup;
use crate::static_server::{Site, StaticServer};

/// A test moves the clock, orders faults and counts requests, so each lane has an emulator of its own. More lanes than this
/// would wait for the processor.
const LANES: usize = 2;

pub(super) fn run() -> Outcome<Tally> {
    let chromium = setup::chromium()?;
    setup::root_packages()?;
    package::build()?;
    let program = build::emulator()?;
    thread::scope(|scope| {
        let lanes: Vec<_> = (1..=LANES)
            .map(|number| {
                let (browser, program) = (&chromium.browser, &program);
                scope.spawn(move || lane(number, browser, program))
            })
            .collect();
        let tallies =
            lanes.into_iter().map(|lane| lane.join().unwrap_or_else(|_| Err(Failure::new("a lane panicked"))));
        tallies.sum()
    })
}

/// Every so-manieth test, with an emulator and a server of the demo.
fn lane(number: usize, browser: &Path, program: &Path) -> Outcome<Tally> {
    let server = StaticServer::bind(0).map_err(|error| Failure::new(format!("could not serve the demo: {error}")))?;
    let page = server.address();
    // Its settings double as the page of an app that is nothing but the kit.
    let emulator = Emulator::start(program, 0, &[&page, &format!("{page}config.json")])?;
    let site = Arc::new(Site::demo(package::folder(), &emulator.endpoint()));
    thread::spawn(move || server.serve(&site));
    let watched = Invocation::new("node")
        .arg(repository::path("node_modules/@playwright/test/cli.js"))
        .args(["test", "--config", "tests/e2e", "--reporter", "list"])
        .args([format!("--shard={number}/{LANES}"), format!("--output=test-results/{number}")])
        .env("POOLPASS_CHROMIUM", browser)
        .env("POOLPASS_DEMO_URL", page)
        .env("POOLPASS_ENDPOINT", emulator.endpoint())
        .env("POOLPASS_LOCAL", program)
        .watch()?;
    Ok(count::playwright(&watched.text).with_exit(watched.success))
}
