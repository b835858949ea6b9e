//! Montgomery multiplication modulo N, with R = 2^3080, column by column ("finely integrated product
//! scanning" of Koc, Acar, Kaliski, "Analyzing and Comparing Montgomery Multiplication Algorithms", 1996), four
//! columns at a time.
//!
//! - N ends in 64 one bits, so -1/N modulo a digit is 1, and the quotient's digit is the column's own. N + 1 ends in two
//!   zero digits, so a digit of the quotient is first needed two columns later.
//! - R is more than 255 N. For factors below 3 N the result is below (9 N^2 + R N) / R < 1.04 N: no
//!   subtraction is needed between multiplications, and a doubling may come before one unreduced.

use zeroize::Zeroize;

use crate::columns::{COLUMNS, PAD, Reversed, products};
use crate::limbs::{DIGIT_BITS, DIGITS, Digits, MASK, MODULUS, ZERO, double_if, subtract_modulus_if_reached};

/// N + 1.
const NEXT: Digits = {
    let mut digits = MODULUS;
    digits[0] = 0;
    digits[1] = 0;
    digits[2] += 1;
    digits
};

static REVERSED_NEXT: Reversed = {
    let mut reversed = Reversed::ZERO;
    reversed.set(&NEXT);
    reversed
};

/// R mod N, the number one in Montgomery form.
pub(crate) fn one() -> Digits {
    // 2^3072 - N, as N has 3072 bits, and eight doublings to 2^3080.
    let mut value = ZERO;
    for (digit, &modulus) in value[..DIGITS].iter_mut().zip(&MODULUS) {
        *digit = !modulus & MASK;
    }
    // The complement of N's end in one bits ends in zero bits; the highest digit has 20 of its bits in use.
    value[0] += 1;
    value[DIGITS - 1] &= MASK >> 8;
    for _ in 0..8 {
        double_if(&mut value, 1, 0);
        subtract_modulus_if_reached(&mut value);
    }
    value
}

/// A value that is multiplied again and again, in place. Wiped when dropped.
pub(crate) struct Accumulator {
    value: [u32; PAD + ZERO.len()],
    reversed: Reversed,
    /// The quotient's digits in the lower half, the product's in the upper.
    columns: [u32; PAD + 2 * DIGITS],
}

impl Accumulator {
    /// Starts with a value.
    pub(crate) fn new(value: &Digits) -> Self {
        let mut padded = [0; PAD + ZERO.len()];
        padded[PAD..].copy_from_slice(value);
        Self { value: padded, reversed: Reversed::ZERO, columns: [0; PAD + 2 * DIGITS] }
    }

    /// Starts with `value * R`, below 1.04 N.
    pub(crate) fn enter(value: &Digits) -> Self {
        // R in Montgomery form, as a power of two: a square and perhaps a doubling for each bit of its exponent.
        let exponent = DIGIT_BITS * DIGITS as u32;
        let mut power = Self::new(&one());
        for bit in (0..=exponent.ilog2()).rev() {
            power.square();
            power.double_if(exponent >> bit & 1);
        }
        power.multiply(value);
        power
    }

    /// The value.
    pub(crate) fn value(&self) -> Digits {
        let mut value = ZERO;
        value.copy_from_slice(&self.value[PAD..]);
        value
    }

    /// `value * factor / R mod N`
    pub(crate) fn leave(mut self, factor: &Digits) -> Digits {
        self.multiply(factor);
        let mut value = self.value();
        subtract_modulus_if_reached(&mut value);
        value
    }

    /// Doubles the value where `choice` is 1.
    pub(crate) fn double_if(&mut self, choice: u32) {
        double_if(&mut self.value[PAD..], choice, 0);
    }

    /// `value * factor / R`, below 1.04 N.
    // Inlined into another crate, it would be compiled for size as that is.
    #[inline(never)]
    pub(crate) fn multiply(&mut self, factor: &Digits) {
        self.reversed.set(factor);
        reduce(&mut self.columns, |column, last| products(&self.value, &self.reversed, column, last));
        self.value[PAD..PAD + DIGITS].copy_from_slice(&self.columns[PAD + DIGITS..]);
    }

    /// `value * value / R`, below 1.04 N.
    #[inline(never)]
    pub(crate) fn square(&mut self) {
        self.reversed.set(&self.value[PAD..]);
        reduce(&mut self.columns, |column, _| {
            // Each product of two different digits counts twice, so it is computed once and doubled. The sums end
            // with the middle of the first column. The first sum contains its square, which counts once. The third
            // and fourth columns have their middles beyond it: a square and a product are missing.
            let middle = column / 2;
            let [first, second, third, fourth] = products(&self.value, &self.reversed, column, middle);
            let digit = |position: usize| u64::from(self.value[PAD + position]);
            let (a, b, c) = (digit(middle), digit(middle + 1), digit(middle + 2));
            [2 * first - a * a, 2 * second, 2 * third + b * b, 2 * (fourth + b * c)]
        });
        self.value[PAD..PAD + DIGITS].copy_from_slice(&self.columns[PAD + DIGITS..]);
    }
}

impl Drop for Accumulator {
    fn drop(&mut self) {
        self.value.zeroize();
        self.reversed.zeroize();
        self.columns.zeroize();
    }
}

/// Writes `product / R`, below 1.04 N, to the upper half of `columns`. `product` returns four columns of the product
/// without carries. It gets the first of these columns and the last digit of the first factor in them.
#[inline(always)]
fn reduce(columns: &mut [u32; PAD + 2 * DIGITS], product: impl Fn(usize, usize) -> [u64; COLUMNS]) {
    let mut carry = 0;
    for column in (0..2 * DIGITS).step_by(COLUMNS) {
        let last = (column + COLUMNS - 1).min(DIGITS - 1);
        let [a0, a1, mut a2, mut a3] = product(column, last);
        // These columns determine four digits of the quotient. Two are multiplied below, so far they count as zero. The
        // other two meet only zeros of N + 1 here, so old values do no harm.
        columns[PAD + column] = 0;
        columns[PAD + column + 1] = 0;
        let [b0, b1, b2, b3] = products(columns, &REVERSED_NEXT, column, last);

        // The quotient is multiplied by N + 1, so it has to be subtracted once: that clears each column's own digit.
        let first = take_digit(&mut carry, a0 + b0);
        let second = take_digit(&mut carry, a1 + b1);
        if column < DIGITS {
            a2 += u64::from(first) * u64::from(NEXT[2]);
            a3 += u64::from(first) * u64::from(NEXT[3]) + u64::from(second) * u64::from(NEXT[2]);
        }
        columns[PAD + column] = first;
        columns[PAD + column + 1] = second;
        columns[PAD + column + 2] = take_digit(&mut carry, a2 + b2);
        columns[PAD + column + 3] = take_digit(&mut carry, a3 + b3);
    }
}

/// Adds a column to the carry and removes the lowest digit.
#[inline(always)]
fn take_digit(carry: &mut u64, column: u64) -> u32 {
    let sum = *carry + column;
    *carry = sum >> DIGIT_BITS;
    sum as u32 & MASK
}
