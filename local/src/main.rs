//! The program `poolpass-local`.

mod arguments;

use poolpass_local::core::{Emulator, SystemClock};
use poolpass_local::server;
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    match arguments::parse(std::env::args().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("poolpass-local: {text}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: arguments::Command) -> Result<(), String> {
    let (options, config, seed, state) = match command {
        arguments::Command::Show(text) => {
            say(&text);
            return Ok(());
        }
        arguments::Command::Import { files } => return import(&files),
        arguments::Command::Serve { options, config, seed, state } => (options, config, seed, state),
    };
    let summary = config.summary();
    let emulator = Emulator::new(*config, SystemClock, seed).with_outbound(server::Network::new());
    let emulator = match state {
        Some(file) => emulator.with_keeper(server::StateFile::open(file)?)?,
        None => emulator,
    };
    server::run(emulator, &options, |address| {
        say(&format!("poolpass-local ready on {address}\n{summary}  look around at {address}/ — Ctrl-C to stop"));
    })
    .map_err(|error| error.to_string())
}

/// Prints a configuration, and what it lacks beside it.
fn import(files: &[String]) -> Result<(), String> {
    let read = |file: &String| {
        let text = std::fs::read_to_string(file).map_err(|error| format!("can't read {file}: {error}"))?;
        Ok((file.clone(), text))
    };
    let imported = poolpass_local::core::import(&files.iter().map(read).collect::<Result<Vec<_>, String>>()?)?;
    imported.notes.iter().for_each(|note| eprintln!("{note}"));
    say(&imported.toml);
    Ok(())
}

/// Nobody need listen: a closed standard output is no reason to stop.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
