//! The project's commands: `cargo xtask demo | test | bench | size | package | layers | setup`.
//!
//! Plain `std`, so that a first `cargo xtask` compiles in seconds. Work on JSON and compression is
//! done by small scripts in `xtask/scripts`, run by the Node.js that the project needs anyway.

mod arguments;
mod bench;
mod build;
mod demo;
mod emulator;
mod failure;
mod invocation;
mod layers;
mod package;
mod repository;
mod setup;
mod size;
mod stamp;
mod static_server;
mod test;
mod wasm_names;

use std::process::ExitCode;

use failure::{Failure, Outcome};

const USAGE: &str = "\
usage: cargo xtask <command>

  demo      build everything, start poolpass-local and serve the demo page
            [--port N] [--emulator-port N]   (0 = any free port)
  test      every check and test, or the named parts, in one line at the end
            [fmt|clippy|layers|native|wasm|rust-app|package|size|pack|model|types|snippets|realtime|interop|e2e …]
  package   build the npm package into pkg/ and its tarball beside it
  size      what a page loads, beside aws-amplify's, and where the wasm's bytes are
            [--update]   (makes the figures the budget in size.json)
  bench     Poolpass beside the programs that do the same, in one headless Chromium; writes docs/performance.md
            [--rounds N]
  layers    check what uses what in src/, dependencies and licences
  setup     install what the other commands would install when they need it";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome<ExitCode> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(Failure::new(format!("a command is missing\n\n{USAGE}")));
    };
    match command.as_str() {
        "demo" => demo::run(rest).map(|()| ExitCode::SUCCESS),
        "test" => test::run(rest),
        "package" => arguments::none(command, rest).and_then(|()| package::run()).map(|()| ExitCode::SUCCESS),
        "size" => size::run(rest).map(|()| ExitCode::SUCCESS),
        "bench" => bench::run(rest).map(|()| ExitCode::SUCCESS),
        "layers" => arguments::none(command, rest).and_then(|()| layers::run()),
        "setup" => arguments::none(command, rest).and_then(|()| setup::everything()).map(|()| ExitCode::SUCCESS),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(Failure::new(format!("there is no command '{other}'\n\n{USAGE}"))),
    }
}
