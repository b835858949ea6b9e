//! Numbers: decimal, up to 38 significant digits (DynamoDB Developer Guide, "Supported data types", Number).

use num_bigint::{BigInt, Sign};
use std::cmp::Ordering;
use std::fmt;

/// A decimal number in its one normal form: ±0.`digits` × 10^`exponent`, without zeros at either end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Number {
    negative: bool,
    /// Empty for zero.
    digits: String,
    exponent: i32,
}

const MOST_DIGITS: usize = 38;

/// The magnitudes 1E-130 to 9.99…E+125.
const EXPONENTS: std::ops::RangeInclusive<i64> = -129..=126;

impl Number {
    /// # Errors
    /// The text of a `ValidationException`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("The parameter cannot be converted to a numeric value: {text}");
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| wrong())?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || all.bytes().any(|byte| !byte.is_ascii_digit()) {
            return Err(wrong());
        }
        // No text is longer than a request.
        let point = i64::from(exponent) + i64::try_from(whole.len()).unwrap_or(i64::MAX);
        Self::normal(negative, &all, point)
    }

    /// ±0.`all` × 10^`point`.
    fn normal(negative: bool, all: &str, point: i64) -> Result<Self, String> {
        let significant = all.trim_start_matches('0');
        let zeros = all.len() - significant.len();
        let digits = significant.trim_end_matches('0');
        if digits.is_empty() {
            return Ok(Self { negative: false, digits: String::new(), exponent: 0 });
        }
        if digits.len() > MOST_DIGITS {
            return Err("Attempting to store more than 38 significant digits in a Number".into());
        }
        let exponent = point.saturating_sub(i64::try_from(zeros).unwrap_or(i64::MAX));
        if exponent > *EXPONENTS.end() {
            let text = "Number overflow. Attempting to store a number with magnitude larger than supported range";
            return Err(text.into());
        }
        let exponent = i32::try_from(exponent).ok().filter(|exponent| EXPONENTS.contains(&i64::from(*exponent)));
        let exponent = exponent
            .ok_or("Number underflow. Attempting to store a number with magnitude smaller than supported range")?;
        Ok(Self { negative, digits: digits.into(), exponent })
    }

    pub(super) fn of(count: usize) -> Self {
        let digits = count.to_string();
        let exponent = if count == 0 { 0 } else { i32::try_from(digits.len()).unwrap_or_default() };
        let digits = digits.trim_end_matches('0').to_owned();
        Self { negative: false, digits, exponent }
    }

    /// # Errors
    /// As [`Self::parse`], when the sum can't be stored.
    pub(super) fn plus(&self, other: &Self) -> Result<Self, String> {
        let scale = self.scale().min(other.scale());
        let sum = self.integer(scale) + other.integer(scale);
        let digits = sum.magnitude().to_string();
        let point = i64::from(scale) + i64::try_from(digits.len()).unwrap_or(i64::MAX);
        Self::normal(sum.sign() == Sign::Minus, &digits, point)
    }

    #[must_use]
    pub(super) fn negated(mut self) -> Self {
        self.negative = !self.negative && !self.digits.is_empty();
        self
    }

    /// The power of ten of the last digit.
    fn scale(&self) -> i32 {
        self.exponent - i32::try_from(self.digits.len()).unwrap_or_default()
    }

    /// The number divided by 10^`scale`, which is not above its own.
    fn integer(&self, scale: i32) -> BigInt {
        let zeros = usize::try_from(self.scale() - scale).unwrap_or_default();
        let text = format!("{}{}", self.digits, "0".repeat(zeros));
        let magnitude = text.parse::<BigInt>().unwrap_or_default();
        if self.negative { -magnitude } else { magnitude }
    }

    /// What it counts for in the size of an item, in bytes.
    pub(super) fn size(&self) -> usize {
        self.digits.len().div_ceil(2) + 1 + usize::from(self.negative)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let magnitudes = (self.exponent, &self.digits).cmp(&(other.exponent, &other.digits));
        let same_sign = if self.negative { magnitudes.reverse() } else { magnitudes };
        sign(self).cmp(&sign(other)).then(same_sign)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Without an exponent, as DynamoDB sends numbers back.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.digits.is_empty() {
            return f.write_str("0");
        }
        let sign = if self.negative { "-" } else { "" };
        let zeros = |count: usize| "0".repeat(count);
        let before = usize::try_from(self.exponent).unwrap_or_default();
        match self.exponent {
            ..=0 => write!(f, "{sign}0.{}{}", zeros(self.exponent.unsigned_abs() as usize), self.digits),
            _ if before >= self.digits.len() => write!(f, "{sign}{}{}", self.digits, zeros(before - self.digits.len())),
            _ => write!(f, "{sign}{}.{}", &self.digits[..before], &self.digits[before..]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn each_number_has_one_form() {
        for (text, shown) in [
            ("0", "0"),
            ("-0.00", "0"),
            ("007", "7"),
            ("1.50", "1.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
            ("+1e3", "1000"),
            ("12e-4", "0.0012"),
            ("1E-130", &format!("0.{}1", "0".repeat(129))),
            ("120", "120"),
            ("10.01", "10.01"),
        ] {
            assert_eq!(number(text).to_string(), shown, "{text}");
        }
        assert_eq!(Number::of(0), number("0"));
        assert_eq!(Number::of(1200), number("1200"));
        for (text, word) in [
            ("", "numeric"),
            ("-", "numeric"),
            (".", "numeric"),
            ("1e", "numeric"),
            ("1_0", "numeric"),
            (" 1", "numeric"),
            ("0x1", "numeric"),
            ("NaN", "numeric"),
            ("--1", "numeric"),
            ("1e126", "overflow"),
            ("1e-131", "underflow"),
            ("1e2147483647", "overflow"),
            (&"1".repeat(39), "38"),
            (&format!("1.{}1", "0".repeat(37)), "38"),
        ] {
            assert!(Number::parse(text).is_err_and(|error| error.contains(word)), "{text}");
        }
        assert!(Number::parse(&"9".repeat(38)).is_ok() && Number::parse("9.9e125").is_ok());
    }

    #[test]
    fn sums_are_exact() {
        for (a, b, sum) in
            [("0.1", "0.2", "0.3"), ("1e20", "1", "100000000000000000001"), ("1", "-1", "0"), ("0", "-2", "-2")]
        {
            assert_eq!(number(a).plus(&number(b)).unwrap(), number(sum), "{a} + {b}");
        }
        assert!(number("1e60").plus(&number("1")).is_err());
        assert_eq!(number("3").negated().to_string(), "-3");
        assert_eq!(number("0").negated(), number("0"));
    }

    proptest! {
        #[test]
        fn order_and_sums_are_those_of_integers(a in -9_999_999_i64..9_999_999, b in -9_999_999_i64..9_999_999, places in 0..6_i32) {
            let of = |value: i64| number(&format!("{value}e-{places}"));
            prop_assert_eq!(of(a).cmp(&of(b)), a.cmp(&b));
            prop_assert_eq!(of(a).plus(&of(b)).unwrap(), of(a + b));
            prop_assert_eq!(number(&of(a).to_string()), of(a));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-+]?[0-9]{0,45}[.]?[0-9]{0,45}([eE][-+]?[0-9]{0,12})?") {
            if let Ok(number) = Number::parse(&text) {
                prop_assert_eq!(Number::parse(&number.to_string()), Ok(number));
            }
        }
    }
}
