//! The inner loops without vectors, for computers other than wasm's.

use crate::columns::COLUMNS;
use crate::limbs::Digits;

/// For each column `c` the sum of all `a[i] * b[i + 3 - c]`, of at most 220 products of 28-bit digits. `a`'s length
/// is a multiple of four, and `b` is three longer.
pub(crate) fn sums(a: &[u32], b: &[u32]) -> [u64; COLUMNS] {
    let mut sums = [0; COLUMNS];
    for (&a, b) in a.iter().zip(b.windows(COLUMNS)) {
        for (sum, &b) in sums.iter_mut().zip(b.iter().rev()) {
            *sum += u64::from(a) * u64::from(b);
        }
    }
    sums
}

/// Takes `chosen` where `mask` is all ones, keeps `value` where it is zero.
pub(crate) fn select(value: &mut Digits, chosen: &Digits, mask: u32) {
    for (digit, &other) in value.iter_mut().zip(chosen) {
        *digit ^= (*digit ^ other) & mask;
    }
}
