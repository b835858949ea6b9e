//! The JSON reader: hifijson's lexers, and a tree of our own over them, bounded in depth.

use hifijson::escape::Lex as _;
use hifijson::num::{LexWrite as _, Num};
use hifijson::str::LexWrite as _;
use hifijson::token::Lex;
use hifijson::{Error, Expect, Read as _, SliceLexer, escape, str::Error as StringError};

use super::Value;
use crate::secret::Secret;

/// How many arrays and objects may be open around a value.
const MAX_DEPTH: u8 = 32;

pub(super) fn read(text: &str) -> Option<Value> {
    SliceLexer::new(text.as_bytes()).exactly_one(Lex::ws_peek, |next, lexer| value(0, next, lexer)).ok()
}

fn value(depth: u8, next: u8, lexer: &mut SliceLexer<'_>) -> Result<Value, Error> {
    if depth > MAX_DEPTH {
        return Err(Error::Depth);
    }
    Ok(match next {
        b'"' => Value::String(string(lexer)?),
        b'{' => Value::Object(object(depth, lexer)?),
        b'[' => Value::Array(array(depth, lexer)?),
        b'-' | b'0'..=b'9' => {
            let (number, _) = lexer.num_bytes_with(Num::default()).validated()?;
            Value::Number(str::from_utf8(number).map_err(|_| Expect::Value)?.into())
        }
        _ => lexer.null_or_bool().ok_or(Expect::Value)?.map_or(Value::Null, Value::Bool),
    })
}

fn object(depth: u8, lexer: &mut SliceLexer<'_>) -> Result<Vec<(String, Value)>, Error> {
    let mut members = Vec::new();
    lexer.discarded().seq::<Error, _, _>(b'}', Lex::ws_peek, |next, lexer| {
        if next != b'"' {
            return Err(Expect::String.into());
        }
        let key = string(lexer)?.take();
        lexer.expect(Lex::ws_peek, b':').ok_or(Expect::Colon)?;
        let next = lexer.ws_peek().ok_or(Expect::Value)?;
        members.push((key, value(depth + 1, next, lexer)?));
        Ok(())
    })?;
    Ok(members)
}

fn array(depth: u8, lexer: &mut SliceLexer<'_>) -> Result<Vec<Value>, Error> {
    let mut elements = Vec::new();
    lexer.discarded().seq::<Error, _, _>(b']', Lex::ws_peek, |next, lexer| {
        elements.push(value(depth + 1, next, lexer)?);
        Ok(())
    })?;
    Ok(elements)
}

/// The string whose opening quote is next, in a buffer that never grows: growing leaves copies of secrets.
fn string(lexer: &mut SliceLexer<'_>) -> Result<Secret<String>, Error> {
    let written = lexer.discarded().as_slice();
    let mut escaped = false;
    let is_end = |&byte: &u8| {
        let end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        end
    };
    // No escape stands for more bytes than it is written in.
    let longest = written.iter().position(is_end).ok_or(StringError::Eof)?;
    lexer.str_fold(
        Secret::new(String::with_capacity(longest)),
        |plain, string| {
            string.expose_secret_mut().push_str(str::from_utf8(plain).map_err(StringError::Utf8)?);
            Ok(())
        },
        |lexer, string| {
            let kind = lexer.take_next().ok_or(StringError::Escape(escape::Error::Eof))?;
            string.expose_secret_mut().push(lexer.escape(kind).map_err(StringError::Escape)?);
            Ok(())
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_rfc_8259_refuses() {
        let refused = [
            "",
            " ",
            "nul",
            "nullx",
            "[1,]",
            "[,]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "01",
            "-01",
            "-",
            "1.",
            ".5",
            "1e",
            "1e+",
            "+1",
            "0x1",
            "NaN",
            "\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "\"\n\"",
            "[",
            "]",
            "{",
            "[1]]",
            "'a'",
            "\u{feff}1",
        ];
        for text in refused {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        assert!(read(&("[".repeat(33) + &"]".repeat(33))).is_some());
        assert!(read(&("[".repeat(34) + &"]".repeat(34))).is_none());
        assert!(read(&"[".repeat(1_000_000)).is_none());
    }

    #[test]
    fn the_last_duplicate_counts() {
        assert_eq!(read(r#"{"a":1,"a":2}"#).unwrap().integer("a"), Some(2));
    }
}
