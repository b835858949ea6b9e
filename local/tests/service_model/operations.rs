//! Which operations are there.

use std::collections::BTreeMap;

use crate::model::{IDENTITY_POOLS, Service, USER_POOLS, reasons};

/// Prints a line of the table, and returns what is wrong with the list of operations that are left out.
fn counted(service: &Service, title: &str, counts: impl Fn(bool) -> bool) -> Vec<String> {
    let left_out: BTreeMap<String, String> = reasons("unsupported.toml").remove(service.name).unwrap_or_default();
    let present = service.present();
    let operations = service.operations();
    let counted: Vec<&String> =
        operations.iter().filter(|(_, known)| counts(known.signed)).map(|(name, _)| name).collect();
    let found = counted.iter().filter(|name| present.contains(**name)).count();
    println!("{title:<46} {found:>3} of {:>3}", counted.len());
    let mut wrong = Vec::new();
    for name in counted {
        match (present.contains(name), left_out.get(name)) {
            (false, None) => wrong.push(format!("{name} is neither supported nor in model/unsupported.toml")),
            (false, Some(reason)) => println!("    without {name}: {reason}"),
            (true, Some(_)) => wrong.push(format!("{name} is supported, yet in model/unsupported.toml")),
            (true, None) => {}
        }
    }
    let unknown = left_out.keys().filter(|name| !operations.contains_key(*name));
    wrong.extend(unknown.map(|name| format!("{name} in model/unsupported.toml is no operation of AWS's model")));
    wrong
}

#[test]
fn every_operation_is_there_or_left_out_with_a_reason() {
    println!();
    let mut wrong = counted(&USER_POOLS, "user pools, operations that browsers may call", |signed| !signed);
    wrong.extend(counted(&USER_POOLS, "user pools, operations of administrators", |signed| signed));
    wrong.extend(counted(&IDENTITY_POOLS, "identity pools", |_| true));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
