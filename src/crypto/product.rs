//! The one integer product outside the group: SRP's exponent `a + u * x`.

use crate::secret::Secret;

/// `addend + left * right` over big-endian integers, at a length that depends on the lengths alone.
pub fn multiply_add(addend: &[u8], left: &[u8], right: &[u8]) -> Secret<Vec<u8>> {
    let length = addend.len().max(left.len() + right.len()) + 1;
    // Least significant first while computing. A column sums at most 2^8 products of 16 bits and fits.
    let mut sums = Secret::new(vec![0u64; length]);
    let columns = sums.expose_secret_mut();
    for (column, &byte) in columns.iter_mut().zip(addend.iter().rev()) {
        *column = u64::from(byte);
    }
    for (shift, &a) in left.iter().rev().enumerate() {
        for (column, &b) in columns[shift..].iter_mut().zip(right.iter().rev()) {
            *column += u64::from(a) * u64::from(b);
        }
    }
    let mut bytes = vec![0; length];
    let mut carry = 0;
    for (byte, column) in bytes.iter_mut().rev().zip(columns.iter()) {
        let sum = column + carry;
        *byte = sum as u8;
        carry = sum >> 8;
    }
    Secret::new(bytes)
}
