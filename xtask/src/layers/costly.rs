//! What shipped code does without: it would pull formatting, Unicode tables or panics into the
//! wasm (docs/decisions.md has the bytes). A line that must, says why: `// costly: <reason>`.

use super::sources::{Source, Sources};

const COSTLY: [(&str, &str); 12] = [
    ("format!", "build the text with push_str"),
    ("print!", "the kit does not print"),
    ("println!", "the kit does not print"),
    (".to_string(", "use to_owned or String::from, or the decimal writer for numbers"),
    (".unwrap(", "return an error"),
    // With a text: a parser may well have an `expect` of its own.
    (".expect(\"", "return an error"),
    (".to_lowercase(", "use to_ascii_lowercase"),
    (".to_uppercase(", "use to_ascii_uppercase"),
    ("HashMap", "use a Vec of pairs"),
    ("HashSet", "use a Vec"),
    ("todo!", "finish it"),
    ("unimplemented!", "finish it"),
];

/// Native only, so it weighs nothing.
const EXEMPT: [&str; 1] = ["memory"];
const ESCAPE: &str = "// costly: ";

pub(super) fn violations(sources: &Sources) -> Vec<String> {
    let files = sources.files.iter().filter(|file| !EXEMPT.contains(&file.layer()));
    files.flat_map(in_file).collect()
}

fn in_file(file: &Source) -> Vec<String> {
    let mut violations = Vec::new();
    let original: Vec<&str> = file.text.lines().collect();
    for (index, line) in file.shipped.lines().enumerate() {
        let escaped = |line: &str| line.split_once(ESCAPE).is_some_and(|(_, reason)| !reason.trim().is_empty());
        if escaped(original[index]) {
            continue;
        }
        for (pattern, instead) in COSTLY.iter().filter(|(pattern, _)| contains(line, pattern)) {
            violations.push(format!("{}:{}: {pattern} is costly: {instead}", file.name, index + 1));
        }
    }
    violations
}

fn contains(line: &str, pattern: &str) -> bool {
    line.match_indices(pattern).any(|(at, _)| {
        let is_name = |character: char| character.is_alphanumeric() || character == '_';
        pattern.starts_with('.') || !line[..at].ends_with(is_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_costly_thing_is_caught_with_its_line() {
        for (pattern, _) in COSTLY {
            let text = format!(
                "fn f() {{\n    x{} }}",
                if pattern.starts_with('.') { pattern.into() } else { format!(" {pattern}") }
            );
            let found = violations(&Sources::of(&[("flow/mod.rs", &text)]));
            assert_eq!(found.len(), 1, "{pattern}: {found:?}");
            assert!(found[0].starts_with(&format!("src/flow/mod.rs:2: {pattern} ")), "{found:?}");
        }
    }

    #[test]
    fn tests_comments_strings_and_native_code_are_free() {
        let text = "// x.unwrap()\nlet a = \"format!\"; x.unwrap_or(1); x.expect_err(2); self.expect(b'{'); myformat!(); println;\n\
                    #[cfg(test)]\nmod tests { fn f() { x.unwrap(); } }";
        let sources =
            Sources::of(&[("flow/mod.rs", text), ("memory.rs", "x.unwrap()"), ("memory/clock.rs", "format!()")]);
        assert_eq!(violations(&sources), [""; 0]);
    }

    #[test]
    fn an_escape_needs_a_reason() {
        let found = violations(&Sources::of(&[(
            "flow/mod.rs",
            "a.unwrap(); // costly: never empty here\nb.unwrap(); // costly: \n",
        )]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("src/flow/mod.rs:2:"));
    }
}
