//! The published vectors (RFC 4226, RFC 6238) and those of other implementations.

use proptest::prelude::*;
use serde_json::Value;

use super::{TotpSecret, base32, hotp, step_at};

fn rows(list: &str) -> Vec<Value> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/totp.json");
    let mut vectors: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let Value::Array(rows) = vectors[list].take() else { panic!("{list} is no list") };
    assert!(!rows.is_empty());
    rows
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("{key} in {row}"))
}

fn unhex(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect()
}

#[test]
fn published_codes_come_out() {
    let published = rows("rfc6238").into_iter().filter(|row| row["algorithm"] == "SHA1");
    let rows: Vec<Value> = published.chain(rows("rfc4226")).collect();
    assert_eq!(rows.len(), 16);
    for row in rows {
        let digits = row["digits"].as_u64().unwrap() as u32;
        let code = hotp(&unhex(text(&row, "key_hex")), row["counter"].as_u64().unwrap(), digits);
        assert_eq!(code, text(&row, "code"), "{row}");
    }
}

#[test]
fn codes_of_six_digits_agree_with_other_implementations() {
    for row in ["six_digit", "cognito_like", "leading_zero"].into_iter().flat_map(rows) {
        let secret = TotpSecret::from_base32(text(&row, "secret_base32")).unwrap();
        assert_eq!(secret.base32(), text(&row, "secret_base32"));
        let step = step_at(row["time"].as_u64().unwrap() * 1000);
        assert_eq!(step, row["counter"].as_u64().unwrap(), "{row}");
        assert_eq!(secret.code(step), text(&row, "code"), "{row}");
        if let Some(next) = row["code_next_step"].as_str() {
            assert_eq!(secret.code(step + 1), next, "{row}");
        }
        if let Some(previous) = row["code_previous_step"].as_str() {
            assert_eq!(secret.code(step - 1), previous, "{row}");
        }
    }
}

#[test]
fn base32_is_read_as_people_write_it() {
    for row in rows("base32_decode") {
        let expected = row["key_hex"].as_str().map(unhex);
        assert_eq!(base32::decode(text(&row, "input")), expected, "{row}");
    }
}

#[test]
fn short_secrets_are_refused() {
    assert!(TotpSecret::from_base32("ABCDEFGHIJKLMNOP").is_some());
    for short in ["", "    ", "ABCDEFGHIJKLMNO", "ABCDEFGHIJKLMN=="] {
        assert!(TotpSecret::from_base32(short).is_none(), "{short}");
    }
    assert_eq!(TotpSecret::new([255; 32]).base32().len(), 52);
}

proptest! {
    #[test]
    fn base32_loses_nothing(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        prop_assert_eq!(base32::decode(&base32::encode(&bytes)), Some(bytes));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        if let Some(secret) = TotpSecret::from_base32(&text) {
            let again = TotpSecret::from_base32(&secret.base32()).map(|secret| secret.base32());
            prop_assert_eq!(again, Some(secret.base32()));
        }
    }
}
