//! The JSON reader: recursive descent over bytes, bounded in depth.

use super::Value;
use crate::secret::Secret;

const MAX_DEPTH: u8 = 32;

pub(super) fn read(text: &str) -> Option<Value> {
    let mut reader = Reader { text, position: 0 };
    let value = reader.value(0)?;
    reader.skip_blanks();
    (reader.position == text.len()).then_some(value)
}

struct Reader<'a> {
    text: &'a str,
    position: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: u8) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.skip_blanks();
        match self.peek()? {
            b'"' => self.string().map(Value::String),
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'n' => self.literal("null", Value::Null),
            b't' => self.literal("true", Value::Bool(true)),
            b'f' => self.literal("false", Value::Bool(false)),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: u8) -> Option<Value> {
        let mut members = Vec::new();
        self.list(b'}', |reader| {
            reader.skip_blanks();
            let key = reader.string()?.take();
            reader.skip_blanks();
            reader.take(b':')?;
            members.push((key, reader.value(depth + 1)?));
            Some(())
        })?;
        Some(Value::Object(members))
    }

    fn array(&mut self, depth: u8) -> Option<Value> {
        let mut elements = Vec::new();
        self.list(b']', |reader| {
            elements.push(reader.value(depth + 1)?);
            Some(())
        })?;
        Some(Value::Array(elements))
    }

    /// Items between the bracket at the reader and its `end`, apart by commas.
    fn list(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.position += 1;
        self.skip_blanks();
        if self.take(end).is_some() {
            return Some(());
        }
        loop {
            item(self)?;
            self.skip_blanks();
            if self.take(end).is_some() {
                return Some(());
            }
            self.take(b',')?;
        }
    }

    fn literal(&mut self, word: &str, value: Value) -> Option<Value> {
        if !self.rest().starts_with(word.as_bytes()) {
            return None;
        }
        self.position += word.len();
        Some(value)
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.position;
        let _ = self.take(b'-');
        let leading_zero = self.peek() == Some(b'0');
        match self.digits() {
            0 => return None,
            1 => {}
            _ if leading_zero => return None,
            _ => {}
        }
        if self.take(b'.').is_some() && self.digits() == 0 {
            return None;
        }
        if self.take(b'e').or_else(|| self.take(b'E')).is_some() {
            let _ = self.take(b'+').or_else(|| self.take(b'-'));
            if self.digits() == 0 {
                return None;
            }
        }
        Some(Value::Number(self.text.get(start..self.position)?.into()))
    }

    /// Skips digits and counts them.
    fn digits(&mut self) -> usize {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.position += count;
        count
    }

    fn string(&mut self) -> Option<Secret<String>> {
        self.take(b'"')?;
        // Reserved once, so that no copy of a secret is left behind by growing.
        let longest = self.rest().iter().position(|&byte| byte == b'"')?;
        let mut string = Secret::new(String::with_capacity(longest));
        loop {
            let plain = self.rest().iter().position(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\')?;
            string.expose_secret_mut().push_str(self.text.get(self.position..self.position + plain)?);
            self.position += plain;
            match self.next()? {
                b'"' => return Some(string),
                b'\\' => string.expose_secret_mut().push(self.escape()?),
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.hex_unit()?;
                if (0xd800..0xdc00).contains(&unit) {
                    self.take(b'\\')?;
                    self.take(b'u')?;
                    let low = self.hex_unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    char::from_u32(0x10000 + ((unit - 0xd800) << 10) + low)?
                } else {
                    char::from_u32(unit)?
                }
            }
            _ => return None,
        })
    }

    fn hex_unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.next()?).to_digit(16)?;
        }
        Some(unit)
    }

    fn skip_blanks(&mut self) {
        self.position += self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.position..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.position += 1;
        Some(byte)
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.peek()? == wanted).then(|| self.position += 1)
    }
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
