//! Integers in JSON numbers, without floating point.

/// The integer part of a JSON number (`12`, `-3.9`, `1.7624199E9`); `None` if it does not fit an `i64`.
pub(super) fn truncate(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let negative = bytes.first() == Some(&b'-');
    let end = bytes.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(bytes.len());
    let mantissa = bytes.get(usize::from(negative)..end)?;
    let whole_digits = mantissa.iter().position(|&byte| byte == b'.').unwrap_or(mantissa.len());
    let wanted = (whole_digits as i64).saturating_add(exponent(bytes.get(end + 1..).unwrap_or_default()));
    // Counted downwards, where there is room for one more.
    let mut value = 0i64;
    let mut taken = 0;
    for byte in mantissa.iter().filter(|&&byte| byte != b'.') {
        if taken >= wanted {
            break;
        }
        value = value.checked_mul(10)?.checked_sub(i64::from(byte.wrapping_sub(b'0')))?;
        taken += 1;
    }
    // What the exponent adds behind the last digit; a zero stays zero.
    while taken < wanted && value != 0 {
        value = value.checked_mul(10)?;
        taken += 1;
    }
    if negative { Some(value) } else { value.checked_neg() }
}

fn exponent(text: &[u8]) -> i64 {
    let magnitude = text
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .fold(0i64, |value, digit| value.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    if text.first() == Some(&b'-') { -magnitude } else { magnitude }
}

/// An integer in decimal.
pub fn decimal(integer: i64) -> String {
    let mut text = String::new();
    write(integer, |digits| text.push_str(digits));
    text
}

/// Hands an integer in decimal to `take`.
pub(super) fn write(integer: i64, take: impl FnOnce(&str)) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = integer.unsigned_abs();
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if integer < 0 {
        start -= 1;
        digits[start] = b'-';
    }
    take(std::str::from_utf8(&digits[start..]).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_to_integers() {
        let cases = [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("3600", Some(3600)),
            ("1.7624199E9", Some(1_762_419_900)),
            ("1.7624199039E+9", Some(1_762_419_903)),
            ("-3.99", Some(-3)),
            ("0.5", Some(0)),
            ("0.000015e6", Some(15)),
            ("5e-1", Some(0)),
            ("1234e-2", Some(12)),
            ("1.00000000000000000000000000000001", Some(1)),
            ("0e999999999", Some(0)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("1e19", None),
            ("1e2147483647", None),
            ("1e99999999999999999999", None),
            ("1e-99999999999999999999", Some(0)),
        ];
        for (text, integer) in cases {
            assert_eq!(truncate(text), integer, "{text}");
        }
    }

    #[test]
    fn writes_integers() {
        for integer in [0, 7, -7, 10, 3600, i64::MAX, i64::MIN] {
            write(integer, |text| assert_eq!(text, integer.to_string()));
        }
    }
}
