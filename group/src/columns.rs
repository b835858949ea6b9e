//! Sums of products of digits, four columns of a product at a time. Four columns share the loads of one factor and the
//! loop around them, which matters most before a browser has optimised the code.

use zeroize::Zeroize;

use crate::limbs::DIGITS;
use crate::vectors::sums;

/// How many columns are summed at a time.
pub(crate) const COLUMNS: usize = 4;

/// Zeros before the first digit of a factor: sums may begin up to three digits early, and so do other columns.
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

/// The sums of the products of `a` and `b` in `column` and the three columns after it, up to `a`'s digit `last`. `a`
/// has [`PAD`] zeros before its digits.
#[inline(always)]
pub(crate) fn products(a: &[u32], b: &Reversed, column: usize, last: usize) -> [u64; COLUMNS] {
    let first = (column + 1).saturating_sub(DIGITS);
    // Rounded up. The sums begin early, where `a` or `b` has no digits and the products are zero.
    let length = (last + 1 - first).next_multiple_of(4);
    let from = PAD + last + 1 - length;
    // a[i] meets b[column - i], and in each further column the digit before that one in `b`'s reversed order.
    let other = from + DIGITS - COLUMNS - column;
    sums(&a[from..from + length], &b.0[other..other + length + COLUMNS - 1])
}
