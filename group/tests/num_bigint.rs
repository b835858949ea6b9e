//! The group's arithmetic against num-bigint.
#![cfg(not(target_arch = "wasm32"))]

use num_bigint::BigUint;
use poolpass_group::{ELEMENT_BYTES, Element};
use proptest::prelude::*;

fn modulus() -> BigUint {
    let minus_one = Element::reduce(&[]).minus(&Element::reduce(&[1]));
    BigUint::from_bytes_be(&minus_one.to_be_bytes()) + 1u32
}

fn integer(element: &Element) -> BigUint {
    BigUint::from_bytes_be(&element.to_be_bytes())
}

fn element(value: &BigUint) -> Element {
    Element::reduce(&value.to_bytes_be())
}

/// 0, 1, 2, N-2, N-1, N, N+1, 2N-1, 2N, 2N+1, R-1, and values whose bytes are nearly all zeros or ones.
fn edges() -> Vec<BigUint> {
    let n = modulus();
    let r = BigUint::from(1u32) << 3072;
    let mut edges: Vec<BigUint> = [0u32, 1, 2].map(BigUint::from).into();
    edges.extend([
        &n - 2u32,
        &n - 1u32,
        n.clone(),
        &n + 1u32,
        &n * 2u32 - 1u32,
        &n * 2u32,
        &n * 2u32 + 1u32,
        &r - 1u32,
    ]);
    edges.extend([31, 32, 63, 64, 65, 1536, 3008, 3071].map(|bit| BigUint::from(1u32) << bit));
    edges.extend([64, 128, 3008].map(|bits| &n - (BigUint::from(1u32) << bits)));
    edges
}

fn any_integer() -> impl Strategy<Value = BigUint> {
    prop_oneof![
        4 => prop::collection::vec(any::<u8>(), 0..=ELEMENT_BYTES + 20).prop_map(|bytes| BigUint::from_bytes_be(&bytes)),
        2 => prop::collection::vec(prop_oneof![Just(0u8), Just(0xff), Just(1), Just(0x80)], 0..=ELEMENT_BYTES)
            .prop_map(|bytes| BigUint::from_bytes_be(&bytes)),
        1 => prop::sample::select(edges()),
    ]
}

#[test]
fn the_modulus_is_rfc_5054s() {
    let vectors: serde_json::Value = serde_json::from_str(include_str!("../../tests/vectors/srp_user.json")).unwrap();
    let hex = vectors["group"]["N_hex"].as_str().unwrap();
    assert_eq!(modulus(), BigUint::parse_bytes(hex.as_bytes(), 16).unwrap());
}

#[test]
fn every_pair_of_edges() {
    let n = modulus();
    for a in edges() {
        for b in edges() {
            assert_eq!(integer(&element(&a).times(&element(&b))), &a * &b % &n, "{a} * {b}");
            assert_eq!(integer(&element(&a).minus(&element(&b))), (&a % &n + &n - &b % &n) % &n, "{a} - {b}");
        }
    }
}

#[test]
fn powers_of_edges() {
    let n = modulus();
    for base in edges() {
        for exponent in
            [vec![], vec![0], vec![1], vec![0, 2], vec![0xff; 3], vec![0x10, 0, 1], (&n - 1u32).to_bytes_be()]
        {
            let expected = base.modpow(&BigUint::from_bytes_be(&exponent), &n);
            assert_eq!(integer(&element(&base).power(&exponent)), expected, "{base} ^ {exponent:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn reduces(a in any_integer()) {
        prop_assert_eq!(integer(&element(&a)), &a % modulus());
        prop_assert_eq!(element(&a).is_zero(), &a % modulus() == BigUint::ZERO);
    }

    #[test]
    fn multiplies_and_subtracts(a in any_integer(), b in any_integer()) {
        let n = modulus();
        prop_assert_eq!(integer(&element(&a).times(&element(&b))), &a * &b % &n);
        prop_assert_eq!(integer(&element(&a).minus(&element(&b))), (&a % &n + &n - &b % &n) % &n);
    }

    #[test]
    fn raises_to_powers(base in any_integer(), exponent in prop::collection::vec(any::<u8>(), 0..80)) {
        let expected = base.modpow(&BigUint::from_bytes_be(&exponent), &modulus());
        prop_assert_eq!(integer(&element(&base).power(&exponent)), expected);
    }

    #[test]
    fn raises_the_generator(exponent in prop::collection::vec(any::<u8>(), 0..140)) {
        let expected = BigUint::from(2u32).modpow(&BigUint::from_bytes_be(&exponent), &modulus());
        prop_assert_eq!(integer(&Element::generator_power(&exponent)), expected);
    }
}
