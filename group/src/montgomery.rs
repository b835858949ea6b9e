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
use crate::limbs::{
    DIGIT_BITS, DIGITS, Digits, MASK, MODULUS, double_if, from_hex, select, subtract_modulus_if_reached,
};

const WINDOW_BITS: u32 = 4;

/// `2^(2^128)` in Montgomery form.
static HALFWAY: Digits = from_hex(
    b"\
    0057eec7b5a945550e7352f0daf9405b703ba2ae0ed1be39c8d63758f8ac11386763309d100e6d020e4f5cb3619125573db5d62389028e1a\
    604c30312fcd87602e7a0a93b8aadcc72e22e6e6c835d1c2164139113b6b0ccb44a63952fbe1b8625abcccb4934ca8e6a40f36ac772fa7e6\
    2a6df8365efba1f8588bc6683dc4a3488687829aad47a118b7a069f1078a0d834a2b3676bcf49b5407f1a5962f4cbf635c4e127fadfcb4b0\
    f192abca6cee1d1cc04be9546bac01f9fe1b2fa4c545d7ec4ab4b684c89de5ce295546640988f5611315956f6df2b14e31e285e1ac488fad\
    735d4a255dee38e68716098fc6a1f6bd93e7f09342106aac34310065e04dd8e64910e62b8db7a4b753df58a9a8e8fff54dfc53d02ed9fe0f\
    0fa2d34ef50b9e3832fc2ca74b47fcfe8d14a324d7ecdadd53f62aa140aa1b6f3474bb538f99a02d68968ea6870a077dbc53db9de5759fa6\
    c53c9ca50c5fccbcb2f3d62bfa85e7ba4303c62f7791202ecc69f1da808134656d5d4ae64e711387c4fefd05fbe5f82135",
);

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

impl Multiplier {
    /// `value * R`, below 1.04 N.
    pub(crate) fn enter(&mut self, value: &Digits) -> Digits {
        // R itself in Montgomery form, as a power of two.
        let exponent = (DIGIT_BITS as u16 * DIGITS as u16).to_be_bytes();
        let mut power = one();
        for bit in exponent.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)) {
            power = self.square(&power);
            double_if(&mut power, u32::from(bit), 0);
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

    /// `2^exponent` in Montgomery form. The exponent's last 16 bytes double as they go, and those before them are an
    /// exponent of 2^(2^128), which takes the same squares: half as many as there are bits.
    pub(crate) fn power_of_two(&mut self, exponent: &[u8]) -> Digits {
        let (high, low) = exponent.split_at(exponent.len().saturating_sub(16));
        self.double_power(&HALFWAY, high, low)
    }

    /// `base^exponent` in Montgomery form.
    pub(crate) fn power(&mut self, base: &Digits, exponent: &[u8]) -> Digits {
        self.double_power(base, exponent, &[])
    }

    /// `base^exponent * 2^doublings` in Montgomery form, by fixed windows of four bits. Every window multiplies, and every
    /// table entry is read for each.
    fn double_power(&mut self, base: &Digits, exponent: &[u8], doublings: &[u8]) -> Digits {
        let mut table = [one(); 1 << WINDOW_BITS];
        for entry in 1..table.len() {
            table[entry] = self.multiply(&table[entry - 1], base);
        }
        let mut power = table[0];
        let mut factor = table[0];
        for position in (0..2 * exponent.len().max(doublings.len())).rev() {
            let (window, bits) = (window(exponent, position), window(doublings, position));
            for bit in (0..WINDOW_BITS).rev() {
                power = self.square(&power);
                if !doublings.is_empty() {
                    double_if(&mut power, bits >> bit & 1, 0);
                }
            }
            for (entry, candidate) in table.iter().enumerate() {
                // 1 where the entry is the window's, else 0: only 0 - 1 borrows into the top bit.
                let distance = (entry as u32) ^ window;
                select(&mut factor, candidate, distance.wrapping_sub(1) >> 31);
            }
            power = self.multiply(&power, &factor);
        }
        table.zeroize();
        factor.zeroize();
        power
    }
}

/// The four bits at a position counted from the end, zeros beyond the beginning.
fn window(exponent: &[u8], position: usize) -> u32 {
    let byte = exponent.iter().rev().nth(position / 2).copied().unwrap_or(0);
    u32::from(byte >> (4 * (position % 2)) & 15)
}

/// Where products are computed. Reused, since wiping takes as long as every fourteenth product; wiped when dropped.
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
    fn square(&mut self, a: &Digits) -> Digits {
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
