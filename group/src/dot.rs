//! The inner loop of all arithmetic here: sums of products of digits, for two columns at a time.

use zeroize::Zeroize;

use crate::limbs::{DIGITS, Digits};

/// Zeros before the first digit of a factor, so that four digits can be read from just before it.
pub(crate) const PAD: usize = 4;

/// Digits in reverse, between zeros.
pub(crate) struct Reversed([u32; PAD + DIGITS + 1]);

impl Reversed {
    /// All digits zero.
    pub(crate) const ZERO: Self = Self([0; PAD + DIGITS + 1]);

    /// Takes other digits.
    pub(crate) const fn set(&mut self, digits: &Digits) {
        let mut position = 0;
        while position < DIGITS {
            self.0[PAD + DIGITS - 1 - position] = digits[position];
            position += 1;
        }
    }
}

impl Zeroize for Reversed {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// Adds the products of `a` and `b` in columns `column` and `column + 1`, up to those with `a`'s digit `last`, to the
/// two sums. `a` has [`PAD`] zeros before its digits.
#[inline(always)]
pub(crate) fn add_products(sums: &mut Sums, a: &[u32], b: &Reversed, column: usize, last: usize) {
    let first = (column + 1).saturating_sub(DIGITS);
    // Rounded up towards digits that do not exist in `a` or in `b`: those products are zero.
    let length = (last + 1 - first).next_multiple_of(4);
    let from = PAD + last + 1 - length;
    // a[i] meets b[column - i], and in the next column b[column + 1 - i], which stands before it.
    let other = from + DIGITS - 2 - column;
    sums.add(&a[from..from + length], &b.0[other..=other + length]);
}

/// Two sums of products of 28-bit digits, at most 220 of them each.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) struct Sums([u64; 2]);

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
impl Sums {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self([0; 2])
    }

    /// Adds `a[i] * b[i + 1]` to the first and `a[i] * b[i]` to the second. `a`'s length is a multiple of four, `b` is
    /// one longer.
    fn add(&mut self, a: &[u32], b: &[u32]) {
        for (&a, b) in a.iter().zip(b.windows(2)) {
            self.0[0] += u64::from(a) * u64::from(b[1]);
            self.0[1] += u64::from(a) * u64::from(b[0]);
        }
    }

    /// Doubles both.
    pub(crate) fn double(&mut self) {
        self.0 = self.0.map(|sum| 2 * sum);
    }

    /// Both.
    pub(crate) const fn totals(&self) -> [u64; 2] {
        self.0
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use simd::Sums;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[expect(unsafe_code, reason = "vectors are loaded through a pointer")]
mod simd {
    use core::arch::wasm32::{
        i64x2_add, u64x2_extmul_high_u32x4, u64x2_extmul_low_u32x4, u64x2_extract_lane, u64x2_splat, v128, v128_load,
    };

    /// Two sums of products of 28-bit digits, at most 220 of them each.
    pub(crate) struct Sums([v128; 2]);

    impl Sums {
        /// Nothing yet.
        #[inline(always)]
        pub(crate) fn new() -> Self {
            Self([u64x2_splat(0); 2])
        }

        /// Adds `a[i] * b[i + 1]` to the first and `a[i] * b[i]` to the second. `a`'s length is a multiple of four,
        /// `b` is one longer.
        #[inline(always)]
        pub(super) fn add(&mut self, a: &[u32], b: &[u32]) {
            let (before, after) = (&b[..a.len()], &b[1..]);
            let chunks = a.as_chunks::<4>().0.iter().zip(before.as_chunks::<4>().0).zip(after.as_chunks::<4>().0);
            let [mut first, mut second] = self.0;
            for ((a, before), after) in chunks {
                let a = load(a);
                first = add_four(first, a, load(after));
                second = add_four(second, a, load(before));
            }
            self.0 = [first, second];
        }

        /// Doubles both.
        #[inline(always)]
        pub(crate) fn double(&mut self) {
            let [first, second] = self.0;
            self.0 = [i64x2_add(first, first), i64x2_add(second, second)];
        }

        /// Both.
        #[inline(always)]
        pub(crate) fn totals(&self) -> [u64; 2] {
            let [first, second] = self.0;
            [total(first), total(second)]
        }
    }

    #[inline(always)]
    fn total(sum: v128) -> u64 {
        u64x2_extract_lane::<0>(sum) + u64x2_extract_lane::<1>(sum)
    }

    #[inline(always)]
    fn load(digits: &[u32; 4]) -> v128 {
        // SAFETY: the pointer is to 16 bytes, and wasm loads vectors at any alignment.
        unsafe { v128_load(digits.as_ptr().cast()) }
    }

    #[inline(always)]
    fn add_four(sum: v128, a: v128, b: v128) -> v128 {
        let sum = i64x2_add(sum, u64x2_extmul_low_u32x4(a, b));
        i64x2_add(sum, u64x2_extmul_high_u32x4(a, b))
    }
}
