//! A file that can't be read in one go gets split.

use super::sources::Sources;

const LONGEST: usize = 400;

pub(super) fn violations(sources: &Sources) -> Vec<String> {
    let lines = |text: &str| text.lines().count();
    let long = sources.files.iter().filter(|file| lines(&file.text) > LONGEST);
    long.map(|file| format!("{}: {} lines: split it by what its parts hold", file.name, lines(&file.text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_to_four_hundred() {
        let found = violations(&Sources::of(&[("a.rs", &"\n".repeat(400)), ("b.rs", &"\n".repeat(401))]));
        assert_eq!(found, ["src/b.rs: 401 lines: split it by what its parts hold"]);
    }
}
