//! Cognito's form of integers in hashes.

/// The shortest big-endian two's complement form of a non-negative integer: leading zero bytes dropped,
/// one `00` in front if the top bit is set, `00` for zero.
pub fn pad(integer: &[u8]) -> Vec<u8> {
    let zeros = integer.iter().take_while(|&&byte| byte == 0).count();
    let minimal = &integer[zeros..];
    let mut padded = Vec::with_capacity(minimal.len() + 1);
    if minimal.first().is_none_or(|&byte| byte >= 0x80) {
        padded.push(0);
    }
    padded.extend_from_slice(minimal);
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_java_to_byte_array() {
        let cases: [(&[u8], &[u8]); 7] = [
            (&[], &[0]),
            (&[0, 0], &[0]),
            (&[1], &[1]),
            (&[0x7f], &[0x7f]),
            (&[0x80], &[0, 0x80]),
            (&[0, 0x80, 1], &[0, 0x80, 1]),
            (&[0, 0, 0x12, 0x34], &[0x12, 0x34]),
        ];
        for (integer, padded) in cases {
            assert_eq!(pad(integer), padded);
        }
    }
}
