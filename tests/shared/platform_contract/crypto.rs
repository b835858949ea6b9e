//! Randomness and signatures.

use poolpass::json::Value;
use poolpass::jwt::{Jws, Key, read_keys};
use poolpass::platform::Crypto;

use super::{Bench, Part};

/// Tokens of PyJWT's, and their keys.
fn vectors() -> Value {
    Value::parse(include_str!("../../vectors/jwt.json")).unwrap()
}

fn token(name: &str) -> String {
    let vectors = vectors();
    let cases = vectors.get("cases").unwrap().elements().unwrap();
    cases.iter().find(|case| case.str("name") == Some(name)).unwrap().string("token").unwrap()
}

fn keys() -> Vec<Key> {
    read_keys(vectors().get("jwks").unwrap()).unwrap()
}

/// The key that a token names.
fn key(token: &Jws<'_>) -> Key {
    keys().into_iter().find(|key| key.id == token.key_id).unwrap()
}

pub(crate) async fn random_bytes_differ<B: Bench>(bench: &B) {
    let tab = bench.tab();
    for length in [16, 128, 4_096] {
        let (mut one, mut two) = (vec![0; length], vec![0; length]);
        tab.fill_random(&mut one).unwrap();
        tab.fill_random(&mut two).unwrap();
        assert_ne!(one, two);
        for bytes in [one, two] {
            assert_ne!(bytes[length - 16..], [0; 16], "to the last byte");
        }
    }
    tab.fill_random(&mut []).unwrap();
}

pub(crate) async fn a_signature_is_verified<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let cases = [
        ("id-valid", true),
        ("access-valid", true),
        ("joserfc-id-valid", true),
        ("tampered-payload", false),
        ("tampered-signature-first-bit", false),
        ("tampered-signature-last-bit", false),
        ("signature-extended", false),
        ("signature-empty", false),
        ("signature-zero", false),
        ("signature-plus-modulus", false),
        ("id-known-kid-foreign-key", false),
    ];
    for (name, is_valid) in cases {
        let text = token(name);
        let token = Jws::read(&text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(tab.verify(&key(&token), &token).await.unwrap(), is_valid, "{name}");
    }
    let text = token("id-valid");
    let token = Jws::read(&text).unwrap();
    let other = keys().into_iter().find(|key| key.id != token.key_id).unwrap();
    assert!(!tab.verify(&other, &token).await.unwrap(), "another key");
}

pub(crate) async fn a_malformed_key_has_signed_nothing<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let text = token("id-valid");
    let token = Jws::read(&text).unwrap();
    let good = key(&token);
    for (modulus, exponent) in [("", "AQAB"), ("!", "AQAB"), ("AA", "AQAB"), (&*good.modulus, ""), (&good.modulus, "!")]
    {
        let bad = Key { id: good.id.clone(), modulus: modulus.to_owned(), exponent: exponent.to_owned() };
        assert!(!tab.verify(&bad, &token).await.unwrap(), "{modulus} {exponent}");
    }
}

pub(crate) async fn without_crypto_the_errors_say_so<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let text = token("id-valid");
    let token = Jws::read(&text).unwrap();
    bench.take_away(Part::Crypto);
    assert_eq!(tab.fill_random(&mut [0; 16]).unwrap_err().code(), "no_random");
    assert_eq!(tab.verify(&key(&token), &token).await.unwrap_err().code(), "no_crypto");
}
