//! The inner loop of all arithmetic here: sums of products of digits, for four columns at a time. Side by side, four columns
//! read each factor once, and their loop is short enough for a browser's first, simple compiler to run it fast.

use zeroize::Zeroize;

use crate::limbs::DIGITS;
use crate::vectors::sums;

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
    pub(crate) const fn set(&mut self, digits: &[u32]) {
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
