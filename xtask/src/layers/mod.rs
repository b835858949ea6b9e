//! The architecture rules that a program can check (docs/architecture.md): what uses what in
//! `src/`, what shipped code may not do, what the packages depend on, and their licences.

mod browser;
mod costly;
mod dependencies;
mod length;
mod licences;
mod order;
mod paths;
mod pure;
mod scrub;
mod sources;
mod words;

use std::process::ExitCode;

use crate::failure::Outcome;
use sources::Sources;

/// One law and where it is broken, each place as `file:line: what and what to do`.
pub(crate) struct Check {
    pub(crate) law: &'static str,
    pub(crate) violations: Vec<String>,
}

impl Check {
    /// Prints the verdict, with the places.
    pub(crate) fn print(&self) {
        println!("{}  {}", if self.violations.is_empty() { "ok    " } else { "BROKEN" }, self.law);
        for violation in &self.violations {
            println!("        {violation}");
        }
    }
}

/// `cargo xtask layers`.
pub(crate) fn run() -> Outcome<ExitCode> {
    let checks = checks()?;
    checks.iter().for_each(Check::print);
    let broken = checks.iter().any(|check| !check.violations.is_empty());
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Every law, checked.
pub(crate) fn checks() -> Outcome<Vec<Check>> {
    let sources = Sources::read()?;
    Ok(vec![
        Check { law: "a module uses only what stands below it", violations: order::violations(&sources) },
        Check { law: "only web/ and js/ name the browser", violations: browser::violations(&sources) },
        Check { law: "protocol code does no I/O", violations: pure::violations(&sources) },
        Check { law: "shipped code does nothing costly", violations: costly::violations(&sources) },
        Check { law: "no file is over 400 lines", violations: length::violations(&sources) },
        Check {
            law: "kit and emulator share no code, and the group stands alone",
            violations: dependencies::violations()?,
        },
        Check { law: "every dependency's licence is permissive", violations: licences::violations()? },
    ])
}
