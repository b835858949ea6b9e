//! Values at which carries, borrows and reductions begin and end.

use num_bigint::BigUint;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{check_generator_power, check_power, check_product, modulus};

/// 0, 1, 2, N-2, N-1, N, N+1, 2N-1, 2N, 2N+1, 2^3072-1, and values whose bits are nearly all zeros or ones.
pub(crate) fn edges() -> Vec<BigUint> {
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
    edges.extend([27, 28, 29, 56, 63, 64, 65, 1536, 3008, 3052, 3071].map(|bit| BigUint::from(1u32) << bit));
    edges.extend([64, 128, 3008].map(|bits| &n - (BigUint::from(1u32) << bits)));
    edges
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_modulus_is_rfc_5054s() {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/vectors/srp_user.json")).unwrap();
    let hex = vectors["group"]["N_hex"].as_str().unwrap();
    assert_eq!(modulus(), BigUint::parse_bytes(hex.as_bytes(), 16).unwrap());
}

#[test]
fn products_of_every_pair() {
    for a in edges() {
        for b in edges() {
            check_product(&a, &b);
        }
    }
}

#[test]
fn powers() {
    for base in edges() {
        for exponent in [vec![], vec![0], vec![1], vec![0, 2], vec![0xff; 3], vec![0x10, 0, 1]] {
            check_power(&base, &exponent);
        }
    }
    for base in [modulus() - 1u32, modulus() - 2u32] {
        check_power(&base, &(modulus() - 1u32).to_bytes_be());
    }
}

/// Exponents of the generator around the 16 bytes at which they are split, and the window's four bits.
#[test]
fn powers_of_the_generator() {
    for factor in [BigUint::from(1u32), modulus() - 1u32] {
        for length in [0, 1, 15, 16, 17, 31, 32, 33, 384] {
            for byte in [0, 1, 0x0f, 0x10, 0x80, 0xff] {
                check_generator_power(&factor, &vec![byte; length]);
            }
        }
    }
}
