//! AWS's patterns and member names in the forms that are needed here.

/// A Java pattern, which must match the whole text, as a pattern of the regex crate. Java's `\w` and `\s` mean ASCII.
pub(super) fn rust_pattern(java: &str) -> String {
    let ascii =
        java.replace(r"\w", "0-9A-Za-z_").replace(r"\s", r" \t\n\x0B\x0C\r").replace(r"\S", r"[^ \t\n\x0B\x0C\r]");
    format!("^(?:{ascii})$")
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
        assert_eq!(lower_first("ClientId"), "clientId");
    }
}
