//! Integers in JSON numbers, without floating point.

/// The integer part of a JSON number (`12`, `-3.9`, `1.7624199E9`); `None` if it does not fit an `i64`.
pub(super) fn truncate(text: &str) -> Option<i64> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, small_integer(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = whole.bytes().chain(fraction.bytes());
    let wanted = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
    let mut value = 0i64;
    let mut taken = 0;
    for digit in digits.chain(std::iter::repeat(b'0')) {
        // A zero stays a zero however large its exponent.
        if taken >= wanted || (value == 0 && taken as usize >= whole.len() + fraction.len()) {
            break;
        }
        value = value.checked_mul(10)?.checked_sub(i64::from(digit.checked_sub(b'0')?))?;
        taken += 1;
    }
    if negative { Some(value) } else { value.checked_neg() }
}

/// Writes an integer in decimal.
pub(super) fn write(integer: i64) -> String {
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
    let sign = if integer < 0 { "-" } else { "" };
    sign.chars().chain(digits[start..].iter().map(|&digit| char::from(digit))).collect()
}

fn small_integer(text: &str) -> Option<i32> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    let mut value = 0i32;
    for digit in digits {
        value = value.checked_mul(10)?.checked_add(i32::from(digit.checked_sub(b'0')?))?;
    }
    Some(if negative { -value } else { value })
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
            ("5e-1", Some(0)),
            ("1234e-2", Some(12)),
            ("0e999999999", Some(0)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("1e19", None),
            ("1e2147483647", None),
            ("1e99999999999", None),
        ];
        for (text, integer) in cases {
            assert_eq!(truncate(text), integer, "{text}");
        }
    }

    #[test]
    fn writes_integers() {
        for integer in [0, 7, -7, 10, 3600, i64::MAX, i64::MIN] {
            assert_eq!(write(integer), integer.to_string());
        }
    }
}
