//! The inner loop of all arithmetic here: sums of products of digits, for four columns at a time. Side by side, four columns
//! read each factor once, and their loop is short enough for a browser's first, simple compiler to run it fast.

use zeroize::Zeroize;

use crate::limbs::{DIGITS, Digits};

/// How many columns are summed at a time.
pub(crate) const COLUMNS: usize = 4;

/// Zeros before the first digit of a factor, so that digits can be read from before it.
pub(crate) const PAD: usize = 2 * COLUMNS;

/// Digits in reverse, between zeros.
pub(crate) struct Reversed([u32; PAD + DIGITS + COLUMNS - 1]);

impl Reversed {
    /// All digits zero.
    pub(crate) const ZERO: Self = Self([0; PAD + DIGITS + COLUMNS - 1]);

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

/// The sums of the products of `a` and `b` in `column` and the three columns behind it, up to those with `a`'s digit
/// `last`. `a` has [`PAD`] zeros before its digits.
#[inline(always)]
pub(crate) fn products(a: &[u32], b: &Reversed, column: usize, last: usize) -> [u64; COLUMNS] {
    let first = (column + 1).saturating_sub(DIGITS);
    // Rounded up towards digits that do not exist in `a` or in `b`: those products are zero.
    let length = (last + 1 - first).next_multiple_of(4);
    let from = PAD + last + 1 - length;
    // a[i] meets b[column - i], and in each next column what stands before it.
    let other = from + DIGITS - COLUMNS - column;
    sums(&a[from..from + length], &b.0[other..other + length + COLUMNS - 1])
}

/// For each column `c` the sum of all `a[i] * b[i + 3 - c]`, of at most 220 products of 28-bit digits. `a`'s length is a
/// multiple of four, and `b` is three longer.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn sums(a: &[u32], b: &[u32]) -> [u64; COLUMNS] {
    let mut sums = [0; COLUMNS];
    for (&a, b) in a.iter().zip(b.windows(COLUMNS)) {
        for (sum, &b) in sums.iter_mut().zip(b.iter().rev()) {
            *sum += u64::from(a) * u64::from(b);
        }
    }
    sums
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use simd::sums;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[expect(unsafe_code, reason = "vectors are loaded through a pointer")]
mod simd {
    use core::arch::wasm32::{
        i64x2_add, u64x2_extmul_high_u32x4, u64x2_extmul_low_u32x4, u64x2_extract_lane, u64x2_splat, v128, v128_load,
    };

    use super::COLUMNS;

    /// For each column `c` the sum of all `a[i] * b[i + 3 - c]`, of at most 220 products of 28-bit digits. `a`'s length
    /// is a multiple of four, and `b` is three longer.
    #[inline(always)]
    pub(super) fn sums(a: &[u32], b: &[u32]) -> [u64; COLUMNS] {
        let b_from = |start: usize| b[start..start + a.len()].as_chunks::<4>().0;
        let quads = a.as_chunks::<4>().0.iter().zip(b_from(0)).zip(b_from(1)).zip(b_from(2)).zip(b_from(3));
        // Written out: compiled for size, a loop over an array of sums would keep them in memory.
        let [mut first, mut second, mut third, mut fourth] = [u64x2_splat(0); COLUMNS];
        for ((((a, b0), b1), b2), b3) in quads {
            let a = load(a);
            first = add_products(first, a, load(b3));
            second = add_products(second, a, load(b2));
            third = add_products(third, a, load(b1));
            fourth = add_products(fourth, a, load(b0));
        }
        [total(first), total(second), total(third), total(fourth)]
    }

    #[inline(always)]
    fn load(digits: &[u32; 4]) -> v128 {
        // SAFETY: the pointer is to 16 bytes, and wasm loads vectors at any alignment.
        unsafe { v128_load(digits.as_ptr().cast()) }
    }

    #[inline(always)]
    fn add_products(sum: v128, a: v128, b: v128) -> v128 {
        let sum = i64x2_add(sum, u64x2_extmul_low_u32x4(a, b));
        i64x2_add(sum, u64x2_extmul_high_u32x4(a, b))
    }

    #[inline(always)]
    fn total(sum: v128) -> u64 {
        u64x2_extract_lane::<0>(sum) + u64x2_extract_lane::<1>(sum)
    }
}
