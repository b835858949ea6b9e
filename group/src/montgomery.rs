//! Montgomery multiplication modulo N, with R = 2^3080, column by column ("finely integrated product
//! scanning" of Koc, Acar, Kaliski, "Analyzing and Comparing Montgomery Multiplication Algorithms", 1996), two
//! columns at a time.
//!
//! - N ends in 64 one bits, so -1/N modulo a digit is 1, and the quotient's digit is the column's own. N + 1 ends in two
//!   zero digits, so a digit of the quotient is first needed two columns later.
//! - R is more than 255 N. For factors below 3 N the result is below (9 N^2 + R N) / R < 1.04 N: no
//!   subtraction is needed between multiplications, and a doubling may come before one unreduced.

use zeroize::Zeroize;

use crate::dot::{PAD, Reversed, Sums, add_products};
use crate::limbs::{DIGIT_BITS, DIGITS, Digits, MASK, MODULUS, double_if, subtract_modulus_if_reached};

/// N + 1 with its digits in reverse, as a column's sum reads it.
static REVERSED_NEXT: Reversed = reversed_next();

const fn reversed_next() -> Reversed {
    let mut digits = MODULUS;
    // N ends in 64 one bits.
    digits[0] = 0;
    digits[1] = 0;
    digits[2] += 1;
    let mut reversed = Reversed::ZERO;
    reversed.set(&digits);
    reversed
}

/// R mod N, the number one in Montgomery form.
pub(crate) fn one() -> Digits {
    // 2^3072 - N, as N has 3072 bits, and eight doublings to 2^3080.
    let mut value = [0; DIGITS];
    for (digit, &modulus) in value.iter_mut().zip(&MODULUS) {
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

/// Where products are computed. Wiped when dropped, not for each product.
pub(crate) struct Multiplier {
    factor: [u32; PAD + DIGITS],
    reversed: Reversed,
    /// The quotient's digits in the lower half, the result's in the upper.
    columns: [u32; PAD + 2 * DIGITS],
}

impl Multiplier {
    /// An empty one.
    pub(crate) const fn new() -> Self {
        Self { factor: [0; PAD + DIGITS], reversed: Reversed::ZERO, columns: [0; PAD + 2 * DIGITS] }
    }

    /// `a * b / R`, below 1.04 N.
    // Inlined into another crate, it would be compiled for size as that is.
    #[inline(never)]
    pub(crate) fn multiply(&mut self, a: &Digits, b: &Digits) -> Digits {
        self.factor[PAD..].copy_from_slice(a);
        self.reversed.set(b);
        reduce(&mut self.columns, |sums, column, last| {
            add_products(sums, &self.factor, &self.reversed, column, last);
            0
        })
    }

    /// `a * a / R`, below 1.04 N.
    #[inline(never)]
    pub(crate) fn square(&mut self, a: &Digits) -> Digits {
        self.factor[PAD..].copy_from_slice(a);
        self.reversed.set(a);
        reduce(&mut self.columns, |sums, column, _| {
            // Every product twice, but the square in the middle of the first column once.
            let middle = column / 2;
            add_products(sums, &self.factor, &self.reversed, column, middle);
            sums.double();
            u64::from(a[middle]) * u64::from(a[middle])
        })
    }

    /// `value * R`, below 1.04 N.
    pub(crate) fn enter(&mut self, value: &Digits) -> Digits {
        // R in Montgomery form, as a power of two: a square and perhaps a doubling for each bit of its exponent.
        let exponent = DIGIT_BITS * DIGITS as u32;
        let mut power = one();
        for bit in (0..=exponent.ilog2()).rev() {
            power = self.square(&power);
            double_if(&mut power, exponent >> bit & 1, 0);
        }
        self.multiply(value, &power)
    }

    /// `value / R mod N`
    pub(crate) fn leave(&mut self, value: &Digits) -> Digits {
        let mut one = [0; DIGITS];
        one[0] = 1;
        let mut value = self.multiply(value, &one);
        subtract_modulus_if_reached(&mut value);
        value
    }
}

impl Drop for Multiplier {
    fn drop(&mut self) {
        self.factor.zeroize();
        self.reversed.zeroize();
        self.columns.zeroize();
    }
}

/// `product / R` below 1.04 N, of a product that is given two columns at a time: `add` gets the sums, the first column
/// and the last of the first factor's digits in them, and returns what it has added too much to the first.
#[inline(always)]
fn reduce(columns: &mut [u32; PAD + 2 * DIGITS], add: impl Fn(&mut Sums, usize, usize) -> u64) -> Digits {
    let mut carry = 0u64;
    for column in (0..2 * DIGITS).step_by(2) {
        let last = (column + 1).min(DIGITS - 1);
        let mut sums = Sums::new();
        let excess = add(&mut sums, column, last);
        // What is left in the places of the two digits that these columns determine meets zeros.
        add_products(&mut sums, columns, &REVERSED_NEXT, column, last);
        let [first, second] = sums.totals();
        // In the lower half a column's digit is the quotient's. Subtracted, as N is one less than what the quotient was
        // multiplied with, it clears the column.
        carry = carry.wrapping_add(first).wrapping_sub(excess);
        columns[PAD + column] = carry as u32 & MASK;
        carry = (carry >> DIGIT_BITS) + second;
        columns[PAD + column + 1] = carry as u32 & MASK;
        carry >>= DIGIT_BITS;
    }
    let mut result = [0; DIGITS];
    result.copy_from_slice(&columns[PAD + DIGITS..]);
    result
}
