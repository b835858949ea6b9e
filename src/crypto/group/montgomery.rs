//! Montgomery multiplication modulo N, with R = 2^3072 ("Analyzing and Comparing Montgomery
//! Multiplication Algorithms", Koc, Acar, Kaliski 1996).
//!
//! N ends in 64 one bits, so -1/N modulo a limb is 1 and the quotient digit is the lowest limb itself.

use zeroize::Zeroize;

use super::limbs::{LIMBS, Limb, MODULUS, Wide, double, select, subtract_modulus_if_reached};

const WINDOW_BITS: u8 = 4;

/// R mod N, the number one in Montgomery form: 2^3072 - N, as N has its top bit set.
pub(super) static ONE: [Limb; LIMBS] = negated_modulus();

const fn negated_modulus() -> [Limb; LIMBS] {
    let mut limbs = [0; LIMBS];
    let mut position = 0;
    while position < LIMBS {
        limbs[position] = !MODULUS[position];
        position += 1;
    }
    // N is odd: two's complement adds one to a complement that ends in zero bits.
    limbs[0] += 1;
    limbs
}

/// `value * R mod N`
pub(super) fn enter(value: &[Limb; LIMBS]) -> [Limb; LIMBS] {
    multiply(value, &r_squared())
}

/// `value / R mod N`
pub(super) fn leave(value: &[Limb; LIMBS]) -> [Limb; LIMBS] {
    let mut one = [0; LIMBS];
    one[0] = 1;
    multiply(value, &one)
}

/// R^2 mod N: 96 doublings of R give the Montgomery form of 2^96, and five squarings that of 2^3072 = R.
fn r_squared() -> [Limb; LIMBS] {
    let mut value = ONE;
    for _ in 0..96 {
        double(&mut value);
    }
    for _ in 0..5 {
        square(&mut value);
    }
    value
}

/// `base^exponent` in Montgomery form, by fixed windows of four bits. Every window multiplies, and every
/// table entry is read for each.
pub(super) fn power(base: &[Limb; LIMBS], exponent: &[u8]) -> [Limb; LIMBS] {
    let mut table = [ONE; 1 << WINDOW_BITS];
    for entry in 1..table.len() {
        table[entry] = multiply(&table[entry - 1], base);
    }
    let mut power = ONE;
    let mut factor = ONE;
    for window in exponent.iter().flat_map(|byte| [byte >> WINDOW_BITS, byte & 15]) {
        for _ in 0..WINDOW_BITS {
            square(&mut power);
        }
        for (entry, candidate) in table.iter().enumerate() {
            // 1 where the entry is the window's, else 0: only 0 - 1 borrows into the top bit.
            let distance = (entry as u32) ^ u32::from(window);
            select(&mut factor, candidate, Limb::from(distance.wrapping_sub(1) >> 31));
        }
        power = multiply(&power, &factor);
    }
    table.zeroize();
    factor.zeroize();
    power
}

/// `a * b / R mod N`
pub(super) fn multiply(a: &[Limb; LIMBS], b: &[Limb; LIMBS]) -> [Limb; LIMBS] {
    let mut double_width = [0; 2 * LIMBS];
    for (position, &digit) in a.iter().enumerate() {
        let carry = add_product(&mut double_width[position..position + LIMBS], b, digit);
        double_width[position + LIMBS] = carry;
    }
    reduce(double_width)
}

/// `value = value^2 / R mod N`
pub(super) fn square(value: &mut [Limb; LIMBS]) {
    let mut double_width = [0; 2 * LIMBS];
    // The products of different digits, each once ...
    for (position, &digit) in value.iter().enumerate() {
        let (done, rest) = double_width[2 * position + 1..].split_at_mut(LIMBS - 1 - position);
        let carry = add_product(done, &value[position + 1..], digit);
        if let Some(next) = rest.first_mut() {
            *next = carry;
        }
    }
    // ... twice, and the squares of the digits.
    let (mut shifted_out, mut carry): (Limb, Wide) = (0, 0);
    for (pair, &digit) in double_width.chunks_exact_mut(2).zip(value.iter()) {
        let square = Wide::from(digit) * Wide::from(digit);
        for (limb, part) in pair.iter_mut().zip([square as Limb, (square >> Limb::BITS) as Limb]) {
            let doubled = *limb << 1 | shifted_out;
            shifted_out = *limb >> (Limb::BITS - 1);
            let sum = Wide::from(doubled) + Wide::from(part) + carry;
            *limb = sum as Limb;
            carry = sum >> Limb::BITS;
        }
    }
    *value = reduce(double_width);
}

/// `double_width / R mod N`, for a double width below N * R.
fn reduce(mut double_width: [Limb; 2 * LIMBS]) -> [Limb; LIMBS] {
    let mut top = 0;
    for position in 0..LIMBS {
        let quotient = double_width[position];
        let carry = add_product(&mut double_width[position..position + LIMBS], &MODULUS, quotient);
        let sum = Wide::from(double_width[position + LIMBS]) + Wide::from(carry) + top;
        double_width[position + LIMBS] = sum as Limb;
        top = sum >> Limb::BITS;
    }
    let mut value = [0; LIMBS];
    value.copy_from_slice(&double_width[LIMBS..]);
    subtract_modulus_if_reached(&mut value, top as Limb);
    double_width.zeroize();
    value
}

/// `sum += factors * digit`; the carry out of the last limb.
fn add_product(sum: &mut [Limb], factors: &[Limb], digit: Limb) -> Limb {
    let mut carry = 0;
    for (limb, &factor) in sum.iter_mut().zip(factors) {
        let wide = Wide::from(factor) * Wide::from(digit) + Wide::from(*limb) + carry;
        *limb = wide as Limb;
        carry = wide >> Limb::BITS;
    }
    carry as Limb
}
