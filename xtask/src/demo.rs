//! `cargo xtask demo`: from a clone to a page where one can sign in.

use std::sync::Arc;
use std::thread;

use crate::arguments;
use crate::build;
use crate::emulator::Emulator;
use crate::failure::{Failure, Outcome};
use crate::invocation::Invocation;
use crate::package;
use crate::repository;
use crate::static_server::{Site, StaticServer};

/// Serves until it is interrupted.
pub(crate) fn run(arguments: &[String]) -> Outcome<()> {
    let [port, emulator_port] = arguments::numbers(arguments, [("--port", 9401), ("--emulator-port", 9400)])?;
    // A taken port is told before minutes of compiling, not after.
    let server = StaticServer::bind(port).map_err(|error| {
        Failure::new(format!("can't listen on port {port} ({error}): end what listens there, or choose --port N"))
    })?;
    crate::emulator::refuse_taken_port(emulator_port)?;
    if !repository::path("www/demo/index.html").is_file() {
        return Err(Failure::new("www/demo/index.html is missing: is this a whole clone?"));
    }

    println!("building the package, unoptimised …");
    let package = package::build_for_demo()?;
    println!("building poolpass-local …");
    let program = build::emulator()?;
    let page = server.address();
    let mut emulator = Emulator::start(&program, emulator_port, &[&page])?;
    let site = Arc::new(Site::demo(package, &emulator.endpoint()));
    thread::spawn(move || server.serve(&site));

    Invocation::script("welcome.mjs").args([emulator.endpoint(), page]).run()?;
    Err(emulator.wait())
}
