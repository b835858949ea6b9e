//! The `Range` header (RFC 9110, section 14).

use std::ops::Range;

/// The part of a body that is asked for: `None` for all of it.
///
/// # Errors
/// `Err` where the body has no such part.
pub(super) fn read(header: Option<&str>, length: usize) -> Result<Option<Range<usize>>, OutOfReach> {
    // What is no single range of bytes is ignored.
    let Some(text) = header.and_then(|text| text.strip_prefix("bytes=")) else { return Ok(None) };
    let Some((first, last)) = text.split_once('-') else { return Ok(None) };
    let number = |text: &str| if text.is_empty() { Some(None) } else { digits(text).map(Some) };
    match (number(first), number(last)) {
        (Some(Some(first)), Some(last)) if last.is_none_or(|last| first <= last) => {
            if first >= length {
                return Err(OutOfReach);
            }
            let end = last.map_or(length, |last| last.saturating_add(1).min(length));
            Ok(Some(first..end))
        }
        (Some(None), Some(Some(count))) if count == 0 || length == 0 => Err(OutOfReach),
        (Some(None), Some(Some(count))) => Ok(Some(length.saturating_sub(count)..length)),
        _ => Ok(None),
    }
}

#[derive(Debug, PartialEq)]
pub(super) struct OutOfReach;

/// More than a body can have is as good as its end.
fn digits(text: &str) -> Option<usize> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_part_of_the_body() {
        for (text, expected) in [
            ("bytes=0-0", Ok(Some(0..1))),
            ("bytes=2-", Ok(Some(2..10))),
            ("bytes=-3", Ok(Some(7..10))),
            ("bytes=5-99", Ok(Some(5..10))),
            ("bytes=-99", Ok(Some(0..10))),
            ("bytes=9-99999999999999999999999", Ok(Some(9..10))),
            ("bytes=10-", Err(OutOfReach)),
            ("bytes=-0", Err(OutOfReach)),
            ("bytes=3-2", Ok(None)),
            ("bytes=-", Ok(None)),
            ("bytes=0-1,3-4", Ok(None)),
            ("bytes=a-b", Ok(None)),
            ("lines=0-1", Ok(None)),
            ("bytes=+1-2", Ok(None)),
        ] {
            assert_eq!(read(Some(text), 10), expected, "{text}");
        }
        assert_eq!(read(None, 10), Ok(None));
        assert_eq!(read(Some("bytes=-1"), 0), Err(OutOfReach));
    }
}
