//! Base64 (RFC 4648 section 4) and base64url (section 5).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes bytes as standard base64 with padding.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for position in 0..4 {
            if position <= chunk.len() {
                let digit = group >> (18 - 6 * position) & 63;
                text.push(char::from(ALPHABET[digit as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// Encodes bytes as base64url without padding.
pub fn encode_url(bytes: &[u8]) -> String {
    let letters = encode(bytes).into_bytes().into_iter().filter(|&letter| letter != b'=');
    letters
        .map(|letter| match letter {
            b'+' => '-',
            b'/' => '_',
            other => char::from(other),
        })
        .collect()
}

/// Decodes base64url without padding and nothing else, as a JWT's parts have to be (RFC 7515 section 2).
pub fn decode_url(text: &str) -> Option<Vec<u8>> {
    if text.bytes().any(|letter| matches!(letter, b'+' | b'/' | b'=')) { None } else { decode(text) }
}

/// Decodes standard base64 or base64url, padded or not. `None` for anything else: a foreign character,
/// an impossible length, or left-over bits that are not zero.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=').as_bytes();
    let padding = text.len() - digits.len();
    if padding > 2 || digits.len() % 4 == 1 || (padding > 0 && !text.len().is_multiple_of(4)) {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut pending, mut bits) = (0u32, 0);
    for &digit in digits {
        pending = pending << 6 | u32::from(value_of(digit)?);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((pending >> bits) as u8);
            pending &= (1 << bits) - 1;
        }
    }
    (pending == 0).then_some(bytes)
}

const fn value_of(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_rfc_4648() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, text) in vectors {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), plain.as_bytes());
            assert_eq!(decode(text.trim_end_matches('=')).unwrap(), plain.as_bytes());
        }
    }

    #[test]
    fn reads_both_alphabets() {
        assert_eq!(decode("-_-_"), decode("+/+/"));
        assert_eq!(decode("-_-_").unwrap(), [0xfb, 0xff, 0xbf]);
    }

    #[test]
    fn base64url_has_its_own_letters_and_no_padding() {
        assert_eq!(encode_url(&[0xfb, 0xff, 0xbf, 0xfb]), "-_-_-w");
        assert_eq!(decode_url("-_-_-w").unwrap(), [0xfb, 0xff, 0xbf, 0xfb]);
        for text in ["+/+/", "-_-_-w==", "Zg=="] {
            assert_eq!(decode_url(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_base64() {
        for text in ["A", "AAAAA", "A===", "Zg=", "Zh==", "Zm9=", "Zm 9v", "Zm9v\n", "=", "Zg==Zg==", "é"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
