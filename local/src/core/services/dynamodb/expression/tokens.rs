//! The words and signs of an expression.

use std::fmt;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A number in brackets.
    Index(usize),
    /// A name or a keyword, or `#name`.
    Word(String),
    /// `:value`.
    Value(String),
    /// One of `SIGNS`.
    Sign(&'static str),
}

/// Longer ones first.
const SIGNS: [&str; 13] = ["<=", ">=", "<>", "<", ">", "=", "(", ")", ",", ".", "[", "]", "+"];
const MINUS: &str = "-";

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(f, "{index}"),
            Self::Word(word) | Self::Value(word) => f.write_str(word),
            Self::Sign(sign) => f.write_str(sign),
        }
    }
}

/// Splits an expression; the error is the text that can't be a token.
pub(super) fn split(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start_matches(BLANKS);
    while let Some(first) = rest.chars().next() {
        let (token, after) = next(rest, first).ok_or_else(|| first.to_string())?;
        tokens.push(token);
        rest = after.trim_start_matches(BLANKS);
    }
    Ok(tokens)
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

fn next(rest: &str, first: char) -> Option<(Token, &str)> {
    if let Some(sign) = SIGNS.iter().chain([&MINUS]).find(|sign| rest.starts_with(**sign)) {
        return Some((Token::Sign(sign), &rest[sign.len()..]));
    }
    if first.is_ascii_digit() {
        let (digits, after) = cut(rest, |c| c.is_ascii_digit());
        return Some((Token::Index(digits.parse().ok()?), after));
    }
    let marked = matches!(first, '#' | ':');
    let (name, after) = cut(&rest[usize::from(marked)..], |c| c.is_ascii_alphanumeric() || c == '_');
    if name.is_empty() {
        return None;
    }
    let whole = rest[..rest.len() - after.len()].to_owned();
    Some((if first == ':' { Token::Value(whole) } else { Token::Word(whole) }, after))
}

fn cut(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_fall_into_tokens() {
        let shown = |text: &str| split(text).map(|tokens| tokens.iter().map(ToString::to_string).collect::<Vec<_>>());
        let expected = ["#a", ".", "b_1", "[", "2", "]", "<=", ":v", "AND", "NOT", "(", "c", "<>", ":x", ")", "-", "+"];
        assert_eq!(shown("#a.b_1[2]<=:v AND\tNOT (c <> :x) - +").unwrap(), expected);
        assert_eq!(shown("a ; b"), Err(";".into()));
        assert_eq!(shown("a # b"), Err("#".into()));
        assert_eq!(shown("a[99999999999999999999999]"), Err("9".into()));
        assert_eq!(shown("é"), Err("é".into()));
    }
}
