//! Montgomery multiplication modulo N, with R = 2^3080, column by column ("finely integrated product
//! scanning" of Koc, Acar, Kaliski, "Analyzing and Comparing Montgomery Multiplication Algorithms", 1996).
//!
//! - N ends in 64 one bits, so -1/N modulo a digit is 1, and the quotient's digit is the column's own.
//! - R is more than 255 N. For factors below 3 N the result is below (9 N^2 + R N) / R < 1.04 N: no
//!   subtraction is needed between multiplications, and a doubling may come before one unreduced.

use zeroize::Zeroize;

use crate::dot::{Padded, Sum};
use crate::limbs::{DIGIT_BITS, DIGITS, Digits, MASK, MODULUS, double_if, select, subtract_modulus_if_reached};

const WINDOW_BITS: u8 = 4;

/// N with its digits in reverse, as a column's sum reads it.
static REVERSED_MODULUS: Padded = reversed_modulus();

const fn reversed_modulus() -> Padded {
    let mut digits = [0; DIGITS + 6];
    let mut position = 0;
    while position < DIGITS {
        digits[position] = MODULUS[DIGITS - 1 - position];
        position += 1;
    }
    digits
}

/// R mod N, the number one in Montgomery form.
fn one() -> Digits {
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

/// `value * R`, below 1.04 N.
pub(crate) fn enter(value: &Digits) -> Digits {
    // R itself in Montgomery form, as a power of two.
    multiply(value, &power_of_two(&(DIGIT_BITS as u16 * DIGITS as u16).to_be_bytes()))
}

/// `value / R mod N`
pub(crate) fn leave(value: &Digits) -> Digits {
    let mut one = [0; DIGITS];
    one[0] = 1;
    let mut value = multiply(value, &one);
    subtract_modulus_if_reached(&mut value);
    value
}

/// `2^exponent` in Montgomery form: a square and a doubling a bit.
pub(crate) fn power_of_two(exponent: &[u8]) -> Digits {
    let mut power = one();
    for byte in exponent {
        for bit in (0..8).rev() {
            power = square(&power);
            double_if(&mut power, u32::from(byte >> bit & 1), 0);
        }
    }
    power
}

/// `base^exponent` in Montgomery form, by fixed windows of four bits. Every window multiplies, and every
/// table entry is read for each.
pub(crate) fn power(base: &Digits, exponent: &[u8]) -> Digits {
    let mut table = [one(); 1 << WINDOW_BITS];
    for entry in 1..table.len() {
        table[entry] = multiply(&table[entry - 1], base);
    }
    let mut power = table[0];
    let mut factor = table[0];
    for window in exponent.iter().flat_map(|byte| [byte >> WINDOW_BITS, byte & 15]) {
        for _ in 0..WINDOW_BITS {
            power = square(&power);
        }
        for (entry, candidate) in table.iter().enumerate() {
            // 1 where the entry is the window's, else 0: only 0 - 1 borrows into the top bit.
            let distance = (entry as u32) ^ u32::from(window);
            select(&mut factor, candidate, distance.wrapping_sub(1) >> 31);
        }
        power = multiply(&power, &factor);
    }
    table.zeroize();
    factor.zeroize();
    power
}

/// `a * b / R`, below 1.04 N.
pub(crate) fn multiply(a: &Digits, b: &Digits) -> Digits {
    let (mut digits, mut reversed) = (padded(a), padded(b));
    reversed[..DIGITS].reverse();
    let product = reduce(|sum, column, low, high| {
        // a[i] * b[column - i], and behind them products with a zero.
        sum.add(quads(&digits, low, high - low), quads(&reversed, DIGITS - 1 + low - column, high - low));
        0
    });
    digits.zeroize();
    reversed.zeroize();
    product
}

/// `a * a / R`, below 1.04 N.
pub(crate) fn square(a: &Digits) -> Digits {
    let mut reversed = *a;
    reversed.reverse();
    let product = reduce(|sum, column, low, _| {
        // The products of different digits, each once, twice; and the square in the middle of an even column.
        let middle = column.div_ceil(2);
        let (from, whole) = (DIGITS - 1 + low - column, (middle - low) & !3);
        sum.add(&a[low..low + whole], &reversed[from..from + whole]);
        let mut rest = 0;
        for position in whole..middle - low {
            rest += u64::from(a[low + position]) * u64::from(reversed[from + position]);
        }
        sum.double();
        2 * rest + if column % 2 == 0 { u64::from(a[middle]) * u64::from(a[middle]) } else { 0 }
    });
    reversed.zeroize();
    product
}

/// `product / R` below 1.04 N, of a product that is given column by column: `add` gets the sum, the column and the
/// range of the first factor's digits in it, and gives what it has not added itself.
#[inline(always)]
fn reduce(add: impl Fn(&mut Sum, usize, usize, usize) -> u64) -> Digits {
    let mut quotient: Padded = [0; DIGITS + 6];
    let mut result = [0; DIGITS];
    let mut carry = 0u64;
    for column in 0..2 * DIGITS - 1 {
        let low = (column + 1).saturating_sub(DIGITS);
        let high = DIGITS.min(column + 1);
        let mut sum = Sum::new();
        carry += add(&mut sum, column, low, high);
        // The quotient's digits are zero from this column's own on, which is the one that is sought.
        sum.add(quads(&quotient, low, high - low), quads(&REVERSED_MODULUS, DIGITS - 1 + low - column, high - low));
        carry += sum.total();
        let digit = carry as u32 & MASK;
        if column < DIGITS {
            quotient[column] = digit;
            // The lowest digit of N is all ones: this makes the column a multiple of 2^28.
            carry += u64::from(digit) * u64::from(MASK);
        } else {
            result[column - DIGITS] = digit;
        }
        carry >>= DIGIT_BITS;
    }
    result[DIGITS - 1] = carry as u32;
    quotient.zeroize();
    result
}

/// `length` digits, rounded up to a multiple of four.
#[inline(always)]
fn quads(digits: &Padded, start: usize, length: usize) -> &[u32] {
    &digits[start..start + length.next_multiple_of(4)]
}

fn padded(digits: &Digits) -> Padded {
    let mut padded = [0; DIGITS + 6];
    padded[..DIGITS].copy_from_slice(digits);
    padded
}
