//! AWS's patterns and member names in the forms that are needed here.

/// Every letter that Java's `.` matches: all but its line terminators.
const ANY_BUT_LINE_ENDS: &str = r"[^\n\r\x{85}\x{2028}\x{2029}]";

/// A Java pattern, which must match the whole text, as a pattern of the regex crate. Java's `\w` and `\s` mean ASCII.
pub(super) fn rust_pattern(java: &str) -> String {
    let ascii =
        java.replace(r"\w", "0-9A-Za-z_").replace(r"\s", r" \t\n\x0B\x0C\r").replace(r"\S", r"[^ \t\n\x0B\x0C\r]");
    format!("^(?:{})$", with_javas_dot(&ascii))
}

/// Replaces `.` where it stands for any letter: outside of classes and not escaped.
fn with_javas_dot(pattern: &str) -> String {
    let (mut replaced, mut class_depth, mut escaped) = (String::with_capacity(pattern.len()), 0_usize, false);
    for letter in pattern.chars() {
        match letter {
            '.' if !escaped && class_depth == 0 => replaced.push_str(ANY_BUT_LINE_ENDS),
            _ => replaced.push(letter),
        }
        match letter {
            '[' if !escaped => class_depth += 1,
            ']' if !escaped => class_depth = class_depth.saturating_sub(1),
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
    }
    replaced
}

/// The name of a member in a validation text: `ClientId` is `clientId`.
pub(super) fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    #[test]
    fn patterns_mean_what_they_mean_in_java() {
        let matches = |java: &str, text: &str| Regex::new(&rust_pattern(java)).unwrap().is_match(text);
        assert!(matches(r"[\w+]+", "a_Z9+") && !matches(r"[\w+]+", "é") && !matches(r"[\w+]+", "a b"));
        assert!(matches(r"[\S]+", "pä\u{a0}ss") && !matches(r"[\S]+", "a b"));
        assert!(matches(r"[\w\s+=,.@-]+", "a b@c"));
        assert!(
            matches(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "é用户1!") && !matches(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "a b")
        );
        assert!(matches(".*", "a b") && !matches(".*", "a\rb") && !matches(".*", "a\u{2028}b"));
        assert!(matches(r"[.]\.", "..") && !matches(r"[.]\.", "a.") && !matches(r"[.]\.", ".a"));
        assert!(matches(r"\\.", r"\x") && matches(r"a[\]]b.", "a]bc"));
        assert_eq!(lower_first("ClientId"), "clientId");
    }
}
