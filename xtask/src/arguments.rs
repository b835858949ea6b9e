//! Command-line options: `--name N` or `--name=N` with a number, and `--name` alone.

use std::str::FromStr;

use crate::failure::{Failure, Outcome};

/// Refuses any argument.
pub(crate) fn none(command: &str, arguments: &[String]) -> Outcome<()> {
    match arguments.first() {
        None => Ok(()),
        Some(first) => Err(Failure::new(format!("{command} takes no arguments, so not '{first}'"))),
    }
}

/// Whether the one flag that a command knows is given; anything else is refused by name.
pub(crate) fn flag(command: &str, arguments: &[String], flag: &str) -> Outcome<bool> {
    match arguments.iter().find(|argument| *argument != flag) {
        None => Ok(!arguments.is_empty()),
        Some(other) => Err(Failure::new(format!("{command} takes {flag} or nothing, so not '{other}'"))),
    }
}

/// Reads the given numeric options; anything else is refused by name.
pub(crate) fn numbers<const N: usize, T: FromStr + Copy>(
    arguments: &[String],
    options: [(&str, T); N],
) -> Outcome<[T; N]> {
    let mut values = options.map(|(_, default)| default);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (argument.as_str(), None),
        };
        let Some(position) = options.iter().position(|(option, _)| *option == name) else {
            let known = options.map(|(option, _)| option).join(", ");
            return Err(Failure::new(format!("there is no option '{name}' (there is {known})")));
        };
        let value = inline.or_else(|| rest.next().map(String::as_str)).unwrap_or_default();
        values[position] = value.parse().map_err(|_| Failure::new(format!("{name} needs a number, not '{value}'")))?;
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn reads_both_spellings_and_keeps_defaults() {
        let options = [("--port", 9401_u16), ("--emulator-port", 9400)];
        assert_eq!(numbers(&words(""), options).unwrap(), [9401, 9400]);
        assert_eq!(numbers(&words("--port 0"), options).unwrap(), [0, 9400]);
        assert_eq!(numbers(&words("--emulator-port=7 --port=8"), options).unwrap(), [8, 7]);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        let options = [("--port", 9401_u16)];
        for bad in ["--prot 1", "--port", "--port x", "--port 65536", "9401", "--port=-1"] {
            assert!(numbers(&words(bad), options).is_err(), "{bad}");
        }
        assert!(none("size", &words("x")).is_err());
        assert!(none("size", &[]).is_ok());
        assert!(flag("size", &words("--update x"), "--update").is_err());
        assert_eq!(flag("size", &words("--update"), "--update").ok(), Some(true));
        assert_eq!(flag("size", &[], "--update").ok(), Some(false));
    }
}
