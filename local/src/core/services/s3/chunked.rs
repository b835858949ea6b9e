//! `aws-chunked` bodies with trailing headers (Amazon S3 API Reference, "Signature calculations: Transferring payload in multiple chunks").

use super::error::{S3Error, invalid_request};

/// What was in a chunked body.
#[derive(Debug, PartialEq)]
pub(super) struct Chunked {
    pub(super) body: Vec<u8>,
    /// Names in lower case.
    pub(super) trailers: Vec<(String, String)>,
}

/// # Errors
/// `IncompleteBody` or `InvalidRequest`.
pub(super) fn read(mut rest: &[u8]) -> Result<Chunked, S3Error> {
    let mut body = Vec::new();
    loop {
        let (line, after) = line(rest)?;
        let size = usize::from_str_radix(line, 16).ok().filter(|_| line.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let size = size.ok_or_else(|| invalid_request("A chunk of the body has no size."))?;
        if size == 0 {
            return Ok(Chunked { body, trailers: trailers(after)? });
        }
        let (chunk, after) = after.split_at_checked(size).ok_or_else(incomplete)?;
        body.extend(chunk);
        rest = after.strip_prefix(b"\r\n").ok_or_else(incomplete)?;
    }
}

fn trailers(mut rest: &[u8]) -> Result<Vec<(String, String)>, S3Error> {
    let mut trailers = Vec::new();
    loop {
        let (line, after) = line(rest)?;
        if line.is_empty() {
            return if after.is_empty() {
                Ok(trailers)
            } else {
                Err(invalid_request("The body goes on after its end."))
            };
        }
        let (name, value) = line.split_once(':').ok_or_else(|| invalid_request("A trailing header has no value."))?;
        trailers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        rest = after;
    }
}

fn line(bytes: &[u8]) -> Result<(&str, &[u8]), S3Error> {
    let end = bytes.windows(2).position(|pair| pair == b"\r\n").ok_or_else(incomplete)?;
    let line =
        std::str::from_utf8(&bytes[..end]).map_err(|_| invalid_request("A line of the chunked body is no text."))?;
    Ok((line, &bytes[end + 2..]))
}

fn incomplete() -> S3Error {
    S3Error::new(400, "IncompleteBody", "The request body terminated unexpectedly")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn broken_bodies_are_refused() {
        for bad in [
            "",
            "0",
            "0\r\n",
            "0\r\n\r\nx",
            "3\r\nab\r\n0\r\n\r\n",
            "2\r\nabc\r\n0\r\n\r\n",
            "x\r\n",
            "-1\r\n",
            "+1\r\na\r\n0\r\n\r\n",
            "2;chunk-signature=0\r\nab\r\n0\r\n\r\n",
            "0\r\nname\r\n\r\n",
            "ffffffffffffffffff\r\n",
        ] {
            assert!(read(bad.as_bytes()).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn what_was_chunked_is_put_together(chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..40), 0..6)) {
            let mut sent = Vec::new();
            for chunk in &chunks {
                sent.extend(format!("{:x}\r\n", chunk.len()).bytes());
                sent.extend(chunk);
                sent.extend(b"\r\n");
            }
            sent.extend(b"0\r\nX-Amz-Checksum-Crc32:AAAAAA==\r\n\r\n");
            let read = read(&sent).unwrap();
            prop_assert_eq!(read.body, chunks.concat());
            prop_assert_eq!(read.trailers, [("x-amz-checksum-crc32".to_owned(), "AAAAAA==".to_owned())]);
        }
    }
}
