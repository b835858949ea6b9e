//! Fixed-size integers modulo N as arrays of machine words, least significant first.

use super::ELEMENT_BYTES;

/// A digit: as wide as the machine multiplies in one instruction with a double-width result.
#[cfg(target_arch = "wasm32")]
pub(super) type Limb = u32;
/// Twice a digit.
#[cfg(target_arch = "wasm32")]
pub(super) type Wide = u64;
/// A digit: as wide as the machine multiplies in one instruction with a double-width result.
#[cfg(not(target_arch = "wasm32"))]
pub(super) type Limb = u64;
/// Twice a digit.
#[cfg(not(target_arch = "wasm32"))]
pub(super) type Wide = u128;

pub(super) const LIMB_BYTES: usize = size_of::<Limb>();
pub(super) const LIMBS: usize = ELEMENT_BYTES / LIMB_BYTES;

const MODULUS_HEX: &[u8; 2 * ELEMENT_BYTES] = b"\
    ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b\
    302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe6\
    49286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d\
    670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718\
    3995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7d\
    b3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c\
    bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff";

/// N.
pub(super) static MODULUS: [Limb; LIMBS] = read_modulus();

const fn read_modulus() -> [Limb; LIMBS] {
    let mut limbs = [0; LIMBS];
    let mut digit = 0;
    while digit < MODULUS_HEX.len() {
        let value = match MODULUS_HEX[MODULUS_HEX.len() - 1 - digit] {
            letter @ b'a'..=b'f' => letter - b'a' + 10,
            number => number - b'0',
        };
        limbs[digit / (2 * LIMB_BYTES)] |= (value as Limb) << (4 * (digit % (2 * LIMB_BYTES)));
        digit += 1;
    }
    limbs
}

/// Reads at most 384 big-endian bytes. The result may be N or more.
pub(super) fn from_be_bytes(bytes: &[u8]) -> [Limb; LIMBS] {
    let mut limbs = [0; LIMBS];
    for (position, &byte) in bytes.iter().rev().enumerate().take(ELEMENT_BYTES) {
        limbs[position / LIMB_BYTES] |= Limb::from(byte) << (8 * (position % LIMB_BYTES));
    }
    limbs
}

pub(super) fn to_be_bytes(limbs: &[Limb; LIMBS]) -> [u8; ELEMENT_BYTES] {
    let mut bytes = [0; ELEMENT_BYTES];
    for (position, byte) in bytes.iter_mut().rev().enumerate() {
        *byte = (limbs[position / LIMB_BYTES] >> (8 * (position % LIMB_BYTES))) as u8;
    }
    bytes
}

/// Subtracts N once if `carry * 2^3072 + value` has reached it, without a branch.
pub(super) fn subtract_modulus_if_reached(value: &mut [Limb; LIMBS], carry: Limb) {
    let mut reduced = [0; LIMBS];
    let borrow = subtract_into(&mut reduced, value, &MODULUS);
    // Keep the unreduced value if the subtraction went below zero and no carry makes up for it.
    select(value, &reduced, (carry | (borrow ^ 1)) & 1);
}

/// `value = 2 * value mod N`
pub(super) fn double(value: &mut [Limb; LIMBS]) {
    let mut carry = 0;
    for limb in value.iter_mut() {
        let next = *limb >> (Limb::BITS - 1);
        *limb = *limb << 1 | carry;
        carry = next;
    }
    subtract_modulus_if_reached(value, carry);
}

/// Doubles if `bit` is 1, without a branch.
pub(super) fn double_if(value: &mut [Limb; LIMBS], bit: u8) {
    let mut doubled = *value;
    double(&mut doubled);
    select(value, &doubled, Limb::from(bit));
}

/// Adds 0 or 1 to a value below N.
pub(super) fn add_bit(value: &mut [Limb; LIMBS], bit: u8) {
    let mut carry = Limb::from(bit);
    for limb in value.iter_mut() {
        let (sum, overflow) = limb.overflowing_add(carry);
        *limb = sum;
        carry = Limb::from(overflow);
    }
    subtract_modulus_if_reached(value, carry);
}

/// `a - b mod N` for values below N.
pub(super) fn subtract(a: &[Limb; LIMBS], b: &[Limb; LIMBS]) -> [Limb; LIMBS] {
    let mut difference = [0; LIMBS];
    let borrow = subtract_into(&mut difference, a, b);
    let mut carry = 0;
    for (limb, &modulus) in difference.iter_mut().zip(&MODULUS) {
        let sum = Wide::from(*limb) + Wide::from(modulus & borrow.wrapping_neg()) + carry;
        *limb = sum as Limb;
        carry = sum >> Limb::BITS;
    }
    difference
}

/// Takes `chosen` where `choice` is 1, keeps `value` where it is 0, without a branch.
pub(super) fn select(value: &mut [Limb; LIMBS], chosen: &[Limb; LIMBS], choice: Limb) {
    // The barrier keeps the compiler from seeing that the mask has but two values, and branching on it.
    let mask = std::hint::black_box(choice).wrapping_neg();
    for (limb, &other) in value.iter_mut().zip(chosen) {
        *limb ^= (*limb ^ other) & mask;
    }
}

fn subtract_into(difference: &mut [Limb; LIMBS], a: &[Limb; LIMBS], b: &[Limb; LIMBS]) -> Limb {
    let mut borrow = 0;
    for ((out, &a), &b) in difference.iter_mut().zip(a).zip(b) {
        let wide = Wide::from(a).wrapping_sub(Wide::from(b) + borrow);
        *out = wide as Limb;
        borrow = wide >> Limb::BITS & 1;
    }
    borrow as Limb
}
