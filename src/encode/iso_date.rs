//! ISO 8601 as AWS writes it: `2025-11-06T10:05:03Z`, perhaps with a fraction.

use super::http_date::days_from_civil;

/// Reads a time in UTC as milliseconds since 1970, without its fraction. `None` for anything else.
pub fn read(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time.split('.').next()?, ':')?;
    let in_range = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    in_range.then(|| (((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000)
}

fn numbers(text: &str, separator: char) -> Option<[i64; 3]> {
    let mut numbers = [0; 3];
    let mut parts = text.split(separator);
    for number in &mut numbers {
        let part = parts.next()?;
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        *number = part.bytes().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_aws_times_and_refuses_others() {
        assert_eq!(read("2025-11-06T10:05:03Z"), Some(1_762_423_503_000));
        assert_eq!(read("2024-02-29T23:59:59.123Z"), Some(1_709_251_199_000));
        for text in [
            "",
            "2025-11-06",
            "2025-11-06T10:05:03",
            "2025-13-06T10:05:03Z",
            "2025-11-06T24:05:03Z",
            "2025-11-06T10:05Z",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
