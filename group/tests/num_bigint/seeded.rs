//! The same values in every run, spread over the whole range.

use num_bigint::BigUint;
use poolpass_group::ELEMENT_BYTES;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{check_generator_power, check_power, check_product};

/// Marsaglia's xorshift64.
struct Bytes(u64);

impl Bytes {
    fn take(&mut self, length: usize) -> Vec<u8> {
        let mut next = || {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 >> 32) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    fn integer(&mut self) -> BigUint {
        BigUint::from_bytes_be(&self.take(ELEMENT_BYTES))
    }
}

#[test]
fn products() {
    let mut bytes = Bytes(1);
    for _ in 0..200 {
        check_product(&bytes.integer(), &bytes.integer());
    }
}

/// At the lengths of SRP's exponents, and others.
#[test]
fn powers() {
    let mut bytes = Bytes(2);
    for length in [1, 7, 16, 32, 65, 65, 65] {
        check_power(&bytes.integer(), &bytes.take(length));
    }
    for length in [1, 16, 20, 32, 32, 32, 48, 128] {
        check_generator_power(&bytes.integer(), &bytes.take(length));
    }
}
