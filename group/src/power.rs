//! Powers in Montgomery form. The time depends on the exponents' lengths, not on their values.

use zeroize::Zeroize;

use crate::limbs::{Digits, from_hex, select};
use crate::montgomery::{Accumulator, one};

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

/// `2^exponent`. Doubling is nearly free, so the last 16 bytes of the exponent cost their squares only. The bytes
/// before them are an exponent of `2^(2^128)` and share these squares.
pub(crate) fn power_of_two(exponent: &[u8]) -> Accumulator {
    let (high, low) = exponent.split_at(exponent.len().saturating_sub(16));
    power_and_double(&HALFWAY, high, low)
}

/// `base^exponent`
pub(crate) fn power(base: &Digits, exponent: &[u8]) -> Accumulator {
    power_and_double(base, exponent, &[])
}

/// `base^exponent * 2^doublings`, by fixed windows of four bits. Every window multiplies, and reads the whole table.
fn power_and_double(base: &Digits, exponent: &[u8], doublings: &[u8]) -> Accumulator {
    let mut power = Accumulator::new(&one());
    let mut table = [power.value(); 1 << WINDOW_BITS];
    for entry in &mut table[1..] {
        power.multiply(base);
        *entry = power.value();
    }
    let mut factor = table[0];
    power = Accumulator::new(&factor);
    for position in (0..2 * exponent.len().max(doublings.len())).rev() {
        let (window, bits) = (window(exponent, position), window(doublings, position));
        for bit in (0..WINDOW_BITS).rev() {
            power.square();
            if !doublings.is_empty() {
                power.double_if(bits >> bit & 1);
            }
        }
        for (entry, candidate) in table.iter().enumerate() {
            // 1 where the entry is the window's, else 0: only 0 - 1 borrows into the top bit.
            let distance = (entry as u32) ^ window;
            select(&mut factor, candidate, distance.wrapping_sub(1) >> 31);
        }
        power.multiply(&factor);
    }
    table.zeroize();
    factor.zeroize();
    power
}

/// Four bits of a big-endian integer, at a position that counts from its end. Zero before its beginning.
fn window(integer: &[u8], position: usize) -> u32 {
    let byte = integer.iter().rev().nth(position / 2).copied().unwrap_or(0);
    u32::from(byte >> (4 * (position % 2)) & 15)
}
