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

/// The entry points with less in them, each with the tests that are run on it beside all those on `poolpass`. With
/// `POOLPASS_ENTRY_POINTS=all` the others of theirs are run too.
const ENTRY_POINTS: [(&str, &[&str], &[&str], &str); 2] = [
    ("sign-in", &["thin_start", "refresh", "storage"], &["session_races"], "@demo|@hosted-ui"),
    (
        "user-pool",
        &["thin_start", "redirect", "popup", "broken_flows"],
        &["session_races", "refresh", "storage", "forged_messages", "tabs_and_flows", "flow_secrets", "real_browser"],
        "^$",
    ),
];

/// A test moves the clock, orders faults and counts requests, so each lane has an emulator of its own. More lanes than this
/// would wait for the processor.
const LANES: usize = 2;

pub(super) fn run() -> Outcome<Tally> {
    let chromium = setup::chromium()?;
    setup::root_packages()?;
    package::build()?;
    let program = build::emulator()?;
    let all = (1..=LANES).map(|number| Lane {
        number,
        entry_point: None,
        arguments: vec![format!("--shard={number}/{LANES}")],
    });
    let is_whole = std::env::var("POOLPASS_ENTRY_POINTS").is_ok_and(|value| value == "all");
    let others = (1..).zip(ENTRY_POINTS).map(|(number, (name, chosen, more, without))| {
        let specs = chosen.iter().chain(more.iter().filter(|_| is_whole));
        let specs = specs.map(|spec| format!("/{spec}.spec.mjs"));
        Lane { number, entry_point: Some(name), arguments: specs.chain([format!("--grep-invert={without}")]).collect() }
    });
    Ok(side_by_side(all, &chromium.browser, &program)? + side_by_side(others, &chromium.browser, &program)?)
}

fn side_by_side(lanes: impl Iterator<Item = Lane>, browser: &Path, program: &Path) -> Outcome<Tally> {
    thread::scope(|scope| {
        let lanes: Vec<_> = lanes.map(|lane| scope.spawn(move || lane.run(browser, program))).collect();
        let tallies =
            lanes.into_iter().map(|lane| lane.join().unwrap_or_else(|_| Err(Failure::new("a lane panicked"))));
        tallies.sum()
    })
}

/// A run of Playwright with an emulator and a server of the demo of its own.
struct Lane {
    number: usize,
    /// The entry point that the pages get in place of `poolpass`.
    entry_point: Option<&'static str>,
    arguments: Vec<String>,
}

impl Lane {
    fn run(self, browser: &Path, program: &Path) -> Outcome<Tally> {
        let server =
            StaticServer::bind(0).map_err(|error| Failure::new(format!("could not serve the demo: {error}")))?;
        let page = server.address();
        // Its settings double as the page of an app that is nothing but the kit.
        let emulator = Emulator::start(program, 0, &[&page, &format!("{page}config.json")])?;
        let site = Arc::new(Site::demo(package::folder(), &emulator.endpoint()));
        thread::spawn(move || server.serve(&site));
        let name = self.entry_point.unwrap_or("poolpass");
        let mut invocation = Invocation::new("node")
            .arg(repository::path("node_modules/@playwright/test/cli.js"))
            .args(["test", "--config", "tests/e2e", "--reporter", "list"])
            .arg(format!("--output=test-results/{name}-{}", self.number))
            .args(self.arguments)
            .env("POOLPASS_CHROMIUM", browser)
            .env("POOLPASS_DEMO_URL", page)
            .env("POOLPASS_ENDPOINT", emulator.endpoint())
            .env("POOLPASS_LOCAL", program);
        if let Some(name) = self.entry_point {
            invocation = invocation.env("POOLPASS_ENTRY_POINT", name);
        }
        let watched = invocation.watch()?;
        Ok(count::playwright(&watched.text).with_exit(watched.success))
    }
}
