//! Percent-encoding (RFC 3986 section 2.1): everything but unreserved characters, with upper-case digits.

/// Encodes. The buffer never grows: growing leaves copies of secrets.
pub fn encode(bytes: &[u8]) -> String {
    let mut letters = Vec::with_capacity(bytes.len() * 3);
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            letters.push(byte);
        } else {
            letters.extend([b'%', hex_digit(byte >> 4), hex_digit(byte & 15)]);
        }
    }
    String::from_utf8(letters).unwrap_or_default()
}

/// Decodes; what is malformed stays as it is, as browsers have it.
pub fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        match (byte, ahead.next().and_then(digit), ahead.next().and_then(digit)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    bytes
}

const fn hex_digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'A' - 10 + value }
}

const fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        b'A'..=b'F' => Some(letter - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_and_decodes() {
        let text = encode("a-._~ ä!'()*+/%".as_bytes());
        assert_eq!(text, "a-._~%20%C3%A4%21%27%28%29%2A%2B%2F%25");
        assert_eq!(decode(&text), "a-._~ ä!'()*+/%".as_bytes());
        assert_eq!(decode("%zz%4%C3%a4+"), "%zz%4ä+".as_bytes());
    }
}
