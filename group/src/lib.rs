//! Arithmetic modulo the 3072-bit prime of RFC 5054 appendix A (RFC 3526 group 15), with generator 2.
//!
//! Our own code because a general big-number crate costs ten times the bytes and is not constant-time
//! (`docs/decisions.md`). Numbers have a fixed size; no branch and no memory address depends on a secret
//! value. Exponents are byte strings whose length, but not whose value, shows in the running time.
//!
//! A crate of its own, so that a profile can optimise it for speed where the rest is optimised for size.
#![no_std]

mod columns;
mod limbs;
mod montgomery;
mod power;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[path = "scalar.rs"]
mod vectors;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[path = "simd.rs"]
mod vectors;

use zeroize::Zeroize;

use limbs::Digits;
use montgomery::Accumulator;

/// Length of a group element in bytes.
pub const ELEMENT_BYTES: usize = 384;

/// An integer modulo N. Wiped when dropped.
#[derive(Clone)]
pub struct Element(Digits);

impl Element {
    /// The big-endian integer `bytes`, of any length, reduced modulo N.
    pub fn reduce(bytes: &[u8]) -> Self {
        let (head, tail) = bytes.split_at(bytes.len().min(ELEMENT_BYTES));
        let mut value = limbs::from_be_bytes(head);
        limbs::subtract_modulus_if_reached(&mut value);
        for byte in tail {
            for bit in (0..8).rev() {
                limbs::double_if(&mut value, 1, u32::from(byte >> bit & 1));
                limbs::subtract_modulus_if_reached(&mut value);
            }
        }
        Self(value)
    }

    /// `2^exponent`; the exponent is a big-endian integer.
    pub fn generator_power(exponent: &[u8]) -> Self {
        Self::reduce(&[1]).times_generator_power(exponent)
    }

    /// `self * 2^exponent`, as fast as the power alone; the exponent is a big-endian integer.
    #[must_use]
    pub fn times_generator_power(&self, exponent: &[u8]) -> Self {
        Self(power::power_of_two(exponent).leave(&self.0))
    }

    /// `self^exponent`; the exponent is a big-endian integer.
    #[must_use]
    pub fn power(&self, exponent: &[u8]) -> Self {
        let base = Self(Accumulator::enter(&self.0).value());
        Self(power::power(&base.0, exponent).leave(&Self::reduce(&[1]).0))
    }

    /// `self * factor`.
    #[must_use]
    pub fn times(&self, factor: &Self) -> Self {
        Self(Accumulator::enter(&self.0).leave(&factor.0))
    }

    /// `self - other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut difference = Self(limbs::subtract(&self.0, &other.0));
        limbs::subtract_modulus_if_reached(&mut difference.0);
        difference
    }

    /// Whether this is zero.
    pub fn is_zero(&self) -> bool {
        self.0.iter().fold(0, |any, digit| any | digit) == 0
    }

    /// The big-endian bytes, leading zeros included.
    pub fn to_be_bytes(&self) -> [u8; ELEMENT_BYTES] {
        limbs::to_be_bytes(&self.0)
    }
}

impl Drop for Element {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
