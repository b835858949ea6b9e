//! `x-amz-date`: `yyyyMMddTHHmmssZ`.

use crate::encode::http_date::civil_from_days;

/// Writes a time in milliseconds since 1970. Milliseconds are cut.
pub fn amz_date(epoch_ms: i64) -> String {
    let seconds = epoch_ms.div_euclid(1000);
    let (year, month, day) = civil_from_days(seconds.div_euclid(86_400));
    let second_of_day = seconds.rem_euclid(86_400);
    let mut text = String::with_capacity(16);
    let mut pair = |number: i64| {
        for digit in [number / 10, number] {
            text.push(char::from(b'0' + digit.rem_euclid(10) as u8));
        }
    };
    for part in [year / 100, year, month, day] {
        pair(part.rem_euclid(100));
    }
    let date_length = 8;
    for part in [second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60] {
        pair(part);
    }
    text.insert(date_length, 'T');
    text.push('Z');
    text
}
