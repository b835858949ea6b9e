//! `TIMESTAMP`: `EEE MMM d HH:mm:ss 'UTC' yyyy` in English, the day without a leading zero.

use crate::encode::http_date::{MONTHS, WEEKDAYS_FROM_EPOCH, civil_from_days};

/// Writes a time in milliseconds since 1970, as in `Thu Nov 6 09:05:03 UTC 2025`. Milliseconds are cut.
/// Years are written with four digits.
pub fn format(epoch_ms: i64) -> String {
    let seconds = epoch_ms.div_euclid(1000);
    let days = seconds.div_euclid(86_400);
    let second_of_day = seconds.rem_euclid(86_400);
    let (year, month, day) = civil_from_days(days);
    let mut text = String::with_capacity(28);
    text.push_str(WEEKDAYS_FROM_EPOCH[days.rem_euclid(7) as usize]);
    text.push(' ');
    text.push_str(MONTHS[(month - 1) as usize]);
    text.push(' ');
    if day >= 10 {
        text.push(digit(day / 10));
    }
    text.push(digit(day));
    for (separator, part) in [(' ', second_of_day / 3600), (':', second_of_day / 60 % 60), (':', second_of_day % 60)] {
        text.push(separator);
        text.push(digit(part / 10));
        text.push(digit(part));
    }
    text.push_str(" UTC ");
    for power in [1000, 100, 10, 1] {
        text.push(digit(year / power));
    }
    text
}

fn digit(number: i64) -> char {
    char::from(b'0' + number.rem_euclid(10) as u8)
}
