//! Hexadecimal text of unsigned integers and byte strings.

/// Writes a big-endian unsigned integer as minimal lower-case hex: no leading zeros, `0` for zero.
/// This is the form in which `SRP_A` travels.
pub fn encode_integer(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            if digit != 0 || !text.is_empty() {
                text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
            }
        }
    }
    if text.is_empty() {
        text.push('0');
    }
    text
}

/// Writes bytes, two digits each.
pub fn encode(bytes: &[u8]) -> String {
    let digit = |value: u8| b"0123456789abcdef"[usize::from(value & 15)];
    let mut digits = Vec::with_capacity(bytes.len() * 2);
    for byte in bytes {
        digits.push(digit(byte >> 4));
        digits.push(digit(*byte));
    }
    String::from_utf8(digits).unwrap_or_default()
}

/// Reads hex text of an unsigned integer into minimal big-endian bytes: an odd digit count is normal,
/// leading zeros are dropped, zero gives no bytes. `None` if the text is empty or has a foreign character.
pub fn decode_integer(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let digits = text.trim_start_matches('0').as_bytes();
    let (odd, even) = digits.split_at(digits.len() % 2);
    let mut bytes = Vec::with_capacity(digits.len().div_ceil(2));
    bytes.extend(odd.iter().map(|&digit| value_of(digit)));
    bytes.extend(even.chunks_exact(2).map(|pair| value_of(pair[0]) << 4 | value_of(pair[1])));
    Some(bytes)
}

const fn value_of(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit - b'A' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_minimal() {
        assert_eq!(encode_integer(&[]), "0");
        assert_eq!(encode_integer(&[0, 0]), "0");
        assert_eq!(encode_integer(&[0, 0x0a, 0x10]), "a10");
        assert_eq!(decode_integer("0a10").unwrap(), [0x0a, 0x10]);
        assert_eq!(decode_integer("a10").unwrap(), [0x0a, 0x10]);
        assert!(decode_integer("0").unwrap().is_empty());
        assert_eq!(decode_integer("FF").unwrap(), [255]);
    }

    #[test]
    fn refuses_what_is_not_hex() {
        for text in ["", "-1", "+1", "0x10", "g", " 1", "1 ", "é"] {
            assert_eq!(decode_integer(text), None, "{text}");
        }
    }
}
