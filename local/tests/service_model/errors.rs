//! Which of the errors that AWS's model names for an operation the tests have seen.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::{IDENTITY_POOLS, Service, USER_POOLS, reasons};

/// The names in `unreachable.toml` that stand for several operations.
const EVERY: &str = "every";
const ADMINISTRATORS: &str = "administrators";
const TOKENS: &str = "tokens";

/// The lines that the tests of `operations` wrote when they ran last.
fn observed() -> BTreeSet<String> {
    let program = newest_operations_program();
    let built = program.0.duration_since(UNIX_EPOCH).unwrap().as_nanos();
    let path = format!("{}/observed-errors-{built}", env!("CARGO_TARGET_TMPDIR"));
    let text = std::fs::read_to_string(&path);
    let text = text.unwrap_or_else(|_| panic!("run the tests of `operations` first: cargo test -p poolpass-local"));
    text.lines().map(str::to_owned).collect()
}

/// The tests of `operations`, which lie beside this program.
fn newest_operations_program() -> (SystemTime, PathBuf) {
    let own = std::env::current_exe().unwrap();
    let files = std::fs::read_dir(own.parent().unwrap()).unwrap().flatten().map(|file| file.path());
    let named = files.filter(|path| {
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with("operations-") && path.extension() == own.extension()
    });
    named.map(|path| (path.metadata().unwrap().modified().unwrap(), path)).max().expect("the tests of `operations`")
}

/// What is wrong with the errors of a service.
fn gaps(service: &Service) -> Vec<String> {
    let mut listed: BTreeMap<String, BTreeMap<String, String>> =
        reasons("unreachable.toml").remove(service.name).unwrap_or_default();
    let every = listed.remove(EVERY).unwrap_or_default();
    let administrators = listed.remove(ADMINISTRATORS).unwrap_or_default();
    let tokens = listed.remove(TOKENS).unwrap_or_default();
    let (observed, present, operations) = (observed(), service.present(), service.operations());
    let mut wrong = Vec::new();
    let (mut produced, mut unreachable) = (0, 0);
    for (name, operation) in operations.iter().filter(|(name, _)| present.contains(*name)) {
        let own = listed.remove(name).unwrap_or_default();
        for error in &operation.errors {
            let is_general = every.contains_key(error)
                || operation.signed && administrators.contains_key(error)
                || operation.by_token && tokens.contains_key(error);
            match (observed.contains(&format!("{} {name} {error}", service.name)), own.contains_key(error)) {
                (true, true) => wrong.push(format!("{name}: {error} was seen, yet is in model/unreachable.toml")),
                (true, false) => produced += 1,
                (false, listed) if listed || is_general => unreachable += 1,
                (false, _) => {
                    wrong.push(format!("{name}: {error} was neither seen nor is it in model/unreachable.toml"))
                }
            }
        }
        let unknown = own.keys().filter(|error| !operation.errors.contains(*error));
        wrong.extend(unknown.map(|error| format!("{name}: AWS's model does not name {error}")));
    }
    wrong.extend(listed.keys().map(|name| format!("{name} in model/unreachable.toml is not supported")));
    println!("{}: {produced} errors were seen, {unreachable} are listed as unreachable", service.name);
    wrong
}

#[test]
fn every_error_was_seen_or_is_listed_as_unreachable() {
    println!();
    let mut wrong = gaps(&USER_POOLS);
    wrong.extend(gaps(&IDENTITY_POOLS));
    assert!(wrong.is_empty(), "{} gaps\n{}", wrong.len(), wrong.join("\n"));
}
