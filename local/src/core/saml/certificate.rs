//! The RSA key in an X.509 certificate (RFC 5280). The certificate itself proves nothing here: metadata says which one is trusted.

use crate::core::world::tokens::RsaKey;

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_ID: u8 = 0x06;
const VERSION: u8 = 0xa0;
const RSA_ENCRYPTION: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// The key, if it is one of RSA.
pub(super) fn rsa_key(der: &[u8]) -> Option<RsaKey> {
    let certificate = Reader(der).take(SEQUENCE)?;
    let mut fields = Reader(Reader(certificate).take(SEQUENCE)?);
    let _version = fields.take(VERSION);
    let _serial = fields.take(INTEGER)?;
    for _signature_issuer_validity_subject in 0..4 {
        fields.take(SEQUENCE)?;
    }
    let mut key_info = Reader(fields.take(SEQUENCE)?);
    let algorithm = Reader(key_info.take(SEQUENCE)?).take(OBJECT_ID)?;
    if algorithm != RSA_ENCRYPTION {
        return None;
    }
    let key = key_info.take(BIT_STRING)?.strip_prefix(&[0])?;
    let mut numbers = Reader(Reader(key).take(SEQUENCE)?);
    Some(RsaKey { modulus: numbers.take(INTEGER)?.to_vec(), exponent: numbers.take(INTEGER)?.to_vec() })
}

/// What is left of a DER text.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// The content of the next value, which must have that tag.
    fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match *first {
            short @ 0..=0x7f => (usize::from(short), rest),
            long @ 0x81..=0x84 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
                (bytes.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)), rest)
            }
            _ => return None,
        };
        if *head != tag {
            return None;
        }
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = rsa_key(&bytes);
            let _ = rsa_key(&[&[SEQUENCE, 0x81, 200, SEQUENCE, 0x81, 190][..], &bytes].concat());
        }
    }
}
