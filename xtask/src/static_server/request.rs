//! The little of an HTTP request that a server of files needs.

use std::io::{self, BufRead};

/// A request without a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// Percent-decoded, without the query; starts with `/`.
    pub(super) path: String,
}

const LONGEST_HEAD: u64 = 64 * 1024;

impl Request {
    /// Reads up to the empty line. `None` is a request that makes no sense.
    pub(super) fn read(reader: impl BufRead) -> io::Result<Option<Self>> {
        let mut head = reader.take(LONGEST_HEAD);
        let mut first = Vec::new();
        head.read_until(b'\n', &mut first)?;
        // The headers are read so that closing the socket does not reset it under the reply.
        let mut line = Vec::new();
        while head.read_until(b'\n', &mut line)? > 0 && !line.trim_ascii().is_empty() {
            line.clear();
        }
        Ok(std::str::from_utf8(&first).ok().and_then(Self::parse))
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.trim_end().split(' ');
        let (method, target, protocol) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || !protocol.starts_with("HTTP/1.") || !target.starts_with('/') {
            return None;
        }
        let path = target.split(['?', '#']).next()?;
        Some(Self { method: method.to_owned(), path: percent_decoded(path)? })
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Request> {
        Request::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn reads_the_method_and_the_decoded_path() {
        let request = read("GET /a%20b/c.js?x=1#y HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert_eq!(request, Request { method: "GET".into(), path: "/a b/c.js".into() });
        assert_eq!(read("GET / HTTP/1.0\r\n\r\n").unwrap().path, "/");
    }

    #[test]
    fn refuses_nonsense_without_panicking() {
        let bad = ["", "\r\n", "GET /", "GET a HTTP/1.1", "GET / a HTTP/1.1", "GET / FTP", "GET /% HTTP/1.1"];
        for line in
            bad.into_iter().chain(["GET /%4 HTTP/1.1", "GET /%zz HTTP/1.1", "GET /%ff HTTP/1.1", "GET /%+1 HTTP/1.1"])
        {
            assert_eq!(read(line), None, "{line:?}");
        }
        assert_eq!(Request::read(&b"\xff\xfe / HTTP/1.1\r\n\r\n"[..]).unwrap(), None);
    }
}
