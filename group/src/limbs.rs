//! Fixed-size integers as digits of 28 bits, least significant first.
//!
//! Two such digits multiply to 56 bits, so that a column of the longest product, 220 of them, still fits 64
//! bits: sums of products need no carries (`columns.rs`).

use crate::ELEMENT_BYTES;
use crate::vectors;

pub(crate) const DIGIT_BITS: u32 = 28;
pub(crate) const MASK: u32 = (1 << DIGIT_BITS) - 1;
/// 3080 bits: eight more than N has, which lets products stay unreduced (`montgomery.rs`).
pub(crate) const DIGITS: usize = 110;

/// An integer below 2^3080, with two zeros behind its digits that fill the last vector.
pub(crate) type Digits = [u32; DIGITS.next_multiple_of(4)];

/// Zero.
pub(crate) const ZERO: Digits = [0; DIGITS.next_multiple_of(4)];

const MODULUS_HEX: &[u8; 2 * ELEMENT_BYTES] = b"\
    ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b\
    302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe6\
    49286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d\
    670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718\
    3995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7d\
    b3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c\
    bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff";

/// N.
pub(crate) const MODULUS: Digits = from_hex(MODULUS_HEX);

/// Reads a constant.
pub(crate) const fn from_hex(hex: &[u8]) -> Digits {
    let mut digits = ZERO;
    let hex_per_digit = DIGIT_BITS as usize / 4;
    let mut position = 0;
    while position < hex.len() {
        let value = match hex[hex.len() - 1 - position] {
            letter @ b'a'..=b'f' => letter - b'a' + 10,
            number => number - b'0',
        };
        digits[position / hex_per_digit] |= (value as u32) << (4 * (position % hex_per_digit));
        position += 1;
    }
    digits
}

/// Reads at most 384 big-endian bytes.
pub(crate) fn from_be_bytes(bytes: &[u8]) -> Digits {
    let mut digits = ZERO;
    let mut rest = bytes.iter().rev();
    let (mut pending, mut bits) = (0u64, 0);
    for digit in &mut digits {
        while bits < DIGIT_BITS {
            pending |= u64::from(rest.next().copied().unwrap_or(0)) << bits;
            bits += 8;
        }
        *digit = pending as u32 & MASK;
        pending >>= DIGIT_BITS;
        bits -= DIGIT_BITS;
    }
    digits
}

/// Writes an integer below 2^3072.
pub(crate) fn to_be_bytes(digits: &Digits) -> [u8; ELEMENT_BYTES] {
    let mut bytes = [0; ELEMENT_BYTES];
    let mut rest = digits.iter();
    let (mut pending, mut bits) = (0u64, 0);
    for byte in bytes.iter_mut().rev() {
        if bits < 8 {
            pending |= u64::from(rest.next().copied().unwrap_or(0)) << bits;
            bits += DIGIT_BITS;
        }
        *byte = pending as u8;
        pending >>= 8;
        bits -= 8;
    }
    bytes
}

/// Takes N off once if the value has reached it, without a branch.
pub(crate) fn subtract_modulus_if_reached(value: &mut Digits) {
    let mut reduced = ZERO;
    let mut borrow = 0;
    for ((out, &digit), &modulus) in reduced.iter_mut().zip(value.iter()).zip(&MODULUS) {
        let difference = digit.wrapping_sub(modulus).wrapping_sub(borrow);
        *out = difference & MASK;
        borrow = difference >> 31;
    }
    select(value, &reduced, borrow ^ 1);
}

/// `2 * value + bit`, where `choice` is 1. The result has to stay below 2^3080.
pub(crate) fn double_if(value: &mut [u32], choice: u32, bit: u32) {
    let mask = mask_of(choice);
    let mut carry = bit;
    for digit in value {
        let sum = *digit + (*digit & mask) + carry;
        *digit = sum & MASK;
        carry = sum >> DIGIT_BITS;
    }
}

/// `a + N - b`, for `b` not above N.
pub(crate) fn subtract(a: &Digits, b: &Digits) -> Digits {
    let mut difference = ZERO;
    let mut carry = 0i32;
    for (((out, &a), &b), &modulus) in difference.iter_mut().zip(a).zip(b).zip(&MODULUS) {
        let sum = a as i32 + modulus as i32 - b as i32 + carry;
        *out = sum as u32 & MASK;
        carry = sum >> DIGIT_BITS;
    }
    difference
}

/// Takes `chosen` where `choice` is 1, keeps `value` where it is 0, without a branch.
pub(crate) fn select(value: &mut Digits, chosen: &Digits, choice: u32) {
    vectors::select(value, chosen, mask_of(choice));
}

/// All ones for 1, all zeros for 0.
fn mask_of(choice: u32) -> u32 {
    // The barrier keeps the compiler from seeing that the mask has but two values, and branching on it.
    core::hint::black_box(choice).wrapping_neg()
}
