//! Rust text with everything blanked that is not shipped code: comments, the insides of strings,
//! and items under `#[cfg(test)]`. Lines and columns stay where they were.

/// Blanks comments and the contents of string and character literals.
pub(super) fn without_comments_and_strings(text: &str) -> String {
    let mut scrubbed = text.as_bytes().to_vec();
    let mut at = 0;
    while at < scrubbed.len() {
        let end = at + token_length(&text.as_bytes()[at..], at.checked_sub(1).map(|before| text.as_bytes()[before]));
        if let Some((from, to)) = blanked(&text.as_bytes()[at..end]) {
            blank(&mut scrubbed[at + from..at + to]);
        }
        at = end;
    }
    // Only whole characters within literals and comments have been replaced, each byte by a space.
    String::from_utf8_lossy(&scrubbed).into_owned()
}

/// Blanks every item under an attribute `#[cfg(test)]` or `#[cfg(all(test, …))]` in scrubbed text.
pub(super) fn without_tests(scrubbed: &str) -> String {
    let mut bytes = scrubbed.as_bytes().to_vec();
    for marker in ["#[cfg(test)]", "#[cfg(all(test"] {
        let mut from = 0;
        while let Some(found) = scrubbed[from..].find(marker) {
            let start = from + found;
            let end = start + item_length(&scrubbed[start..]);
            blank(&mut bytes[start..end]);
            from = end;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
}

/// The length of the comment, literal or single byte at the start of `rest`.
fn token_length(rest: &[u8], before: Option<u8>) -> usize {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    match rest {
        [b'/', b'/', ..] => rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => block_comment_length(rest),
        [b'"', ..] => quoted_length(rest, b'"'),
        [b'r', ..] if !before.is_some_and(|byte| is_name(byte) && byte != b'b') => raw_string_length(rest),
        [b'\'', b'\\', ..] => quoted_length(rest, b'\''),
        // 'x' is a character, 'x without an end a lifetime; a character may have four bytes.
        [b'\'', ..] => {
            (2..=5).find(|end| rest.get(*end) == Some(&b'\'')).filter(|_| !is_lifetime(rest)).map_or(1, |end| end + 1)
        }
        _ => 1,
    }
}

fn is_lifetime(rest: &[u8]) -> bool {
    let name = rest[1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    name > 1 || (name == 1 && rest.get(2) != Some(&b'\''))
}

fn block_comment_length(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted_length(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

fn raw_string_length(rest: &[u8]) -> usize {
    let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
    if rest.get(1 + hashes) != Some(&b'"') {
        return 1;
    }
    let end: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
    let body = &rest[2 + hashes..];
    body.windows(end.len()).position(|window| window == end).map_or(rest.len(), |at| 2 + hashes + at + end.len())
}

/// Which part of a token is to be blanked: quotes stay, so that an empty literal stays one.
fn blanked(token: &[u8]) -> Option<(usize, usize)> {
    match token {
        [b'/', b'/' | b'*', ..] => Some((0, token.len())),
        [b'"' | b'\'', _, .., _] => Some((1, token.len() - 1)),
        [b'r', _, ..] => Some((1, token.len())),
        _ => None,
    }
}

/// From an attribute to the end of its item: a `;`, or the brace that closes its first one.
fn item_length(rest: &str) -> usize {
    let attributes = rest.find(']').map_or(rest.len(), |end| end + 1);
    let mut depth = 0_i32;
    for (at, character) in rest.char_indices().skip_while(|(at, _)| *at < attributes) {
        match character {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            // The attribute was on the last thing in a block.
            return at;
        }
        if depth == 0 && matches!(character, ';' | '}') {
            return at + character.len_utf8();
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_blank_and_nothing_moves() {
        let text = "let z = \"x // y\\\" v\"; // crate::flow\n/* a /* b */ c */ let b = r#\"q\"w\"#;\n\
                    let e = ['\"', '\\'', 'é']; fn f<'a>(x: &'a str) {} let d = b\"k\"; let r = br\"m\";";
        let clean = without_comments_and_strings(text);
        assert_eq!(clean.lines().count(), text.lines().count());
        for gone in ["//", "crate", "x ", "q", "w", " a ", "é", "k", "m"] {
            assert!(!clean.contains(gone), "{gone:?} in {clean}");
        }
        for kept in ["let z = \"", "let b = r", "fn f<'a>(x: &'a str) {}", "let d = b\"", "let r = br"] {
            assert!(clean.contains(kept), "{kept:?} not in {clean}");
        }
        assert_eq!(clean.find("fn f").map(|at| clean[..at].matches('\n').count()), Some(2));
    }

    #[test]
    fn items_of_tests_are_blank() {
        let text = "use a::b;\n#[cfg(test)]\nuse c::d;\n#[cfg(test)]\n#[path = \"x.rs\"]\nmod tests {\n fn e() { f }\n}\nfn g() {}\n\
                    #[cfg(all(test, unix))]\nmod h;\n#[cfg(not(test))]\nfn i() {}\nstruct J {\n k: u8,\n #[cfg(test)]\n l: u8\n}\nfn m() {}\n";
        let clean = without_tests(&without_comments_and_strings(text));
        for gone in ["c::d", "mod tests", "fn e", "mod h", "l: u8"] {
            assert!(!clean.contains(gone), "{gone:?} in {clean}");
        }
        for kept in ["a::b", "fn g", "fn i", "k: u8", "fn m"] {
            assert!(clean.contains(kept), "{kept:?} not in {clean}");
        }
    }

    #[test]
    fn broken_text_does_not_panic() {
        for text in ["\"abc", "/* x", "'", "r#\"x", "#[cfg(test)]", "#[cfg(test)] mod x {", "'\\", "\"\\", "é'é'"] {
            without_tests(&without_comments_and_strings(text));
        }
    }
}
