//! The self-signed X.509 certificate of a pool (RFC 5280).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{KeyRing, Role};
use crate::core::wire::date::der_date;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const UTF8_STRING: u8 = 0x0c;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// sha256WithRSAEncryption with its NULL.
const SHA256_WITH_RSA: [u8; 13] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00];
/// id-at-commonName.
const COMMON_NAME: [u8; 5] = [0x06, 0x03, 0x55, 0x04, 0x03];

/// "Issued certificates are valid for 10 years" (`GetSigningCertificate`).
const LIFE_MS: u64 = 10 * 365 * 86_400_000;

/// The certificate of a pool's key for SAML requests, in base64 without lines.
pub(crate) fn certificate(keys: &KeyRing, pool_id: &str, issued_ms: u64) -> String {
    let key = keys.key(pool_id, Role::Saml);
    let algorithm = value(SEQUENCE, &SHA256_WITH_RSA);
    let common_name = value(SEQUENCE, &[&COMMON_NAME[..], &value(UTF8_STRING, pool_id.as_bytes())].concat());
    let name = value(SEQUENCE, &value(SET, &common_name));
    let validity = value(SEQUENCE, &[time(issued_ms), time(issued_ms + LIFE_MS)].concat());
    let serial = value(INTEGER, &[&[1][..], &issued_ms.to_be_bytes()].concat());
    let version = value(0xa0, &value(INTEGER, &[2]));
    let fields = [version, serial, algorithm.clone(), name.clone(), validity, name, key.public_der()].concat();
    let signed = value(SEQUENCE, &fields);
    let signature = key.sign(&signed).unwrap_or_default();
    let signature = value(BIT_STRING, &[&[0][..], &signature].concat());
    STANDARD.encode(value(SEQUENCE, &[signed, algorithm, signature].concat()))
}

/// A date: until 2049 with two digits for the year (RFC 5280, section 4.1.2.5).
fn time(ms: u64) -> Vec<u8> {
    let text = der_date(ms);
    match text.strip_prefix("20") {
        Some(short) if text.as_str() < "2050" => value(UTC_TIME, short.as_bytes()),
        _ => value(GENERALIZED_TIME, text.as_bytes()),
    }
}

/// A value in DER: tag, length, content.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short @ 0..=0x7f) => out.push(short),
        _ => {
            let bytes = content.len().to_be_bytes();
            let digits: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
            out.push(0x80 | u8::try_from(digits.len()).unwrap_or_default());
            out.extend(digits);
        }
    }
    out.extend(content);
    out
}
