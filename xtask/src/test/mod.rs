//! `cargo xtask test`: every check and test the same way everywhere, counted together.

mod count;
mod e2e;
mod parts;
mod report;
mod rust_app;

use std::process::ExitCode;
use std::time::Instant;

use crate::failure::{Failure, Outcome};
use count::Tally;
use parts::{PARTS, Part};
use report::Row;
pub(crate) use rust_app::MANIFEST as RUST_APP;

/// Runs the named parts, or all, in their order; a failing part does not stop the others.
pub(crate) fn run(names: &[String]) -> Outcome<ExitCode> {
    let mut rows = Vec::new();
    for part in chosen(names)? {
        println!("\n── {} ──", part.name);
        let start = Instant::now();
        let tally = (part.run)().unwrap_or_else(|failure| {
            println!("error: {failure}");
            Tally::FAILURE
        });
        rows.push(Row { part: part.name, tally, seconds: start.elapsed().as_secs_f64() });
    }
    print!("\n{}", report::table(&rows));
    let total = rows.iter().fold(Tally::default(), |total, row| total + row.tally);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chosen(names: &[String]) -> Outcome<Vec<&'static Part>> {
    if let Some(unknown) = names.iter().find(|name| PARTS.iter().all(|part| part.name != *name)) {
        let known: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        return Err(Failure::new(format!("there is no test part '{unknown}' (there is {})", known.join(", "))));
    }
    Ok(PARTS.iter().filter(|part| names.is_empty() || names.iter().any(|name| name == part.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_chosen_by_name_in_their_own_order() {
        let names = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
            chosen(&words).map(|parts| parts.iter().map(|part| part.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["e2e", "fmt"]).unwrap(), ["fmt", "e2e"]);
        assert_eq!(names(&[]).unwrap().len(), PARTS.len());
        assert!(names(&["fmt", "e3e"]).unwrap_err().to_string().contains("'e3e'"));
    }
}
