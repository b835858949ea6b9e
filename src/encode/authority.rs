//! Host and port of a URL, in the forms that a browser takes (URL Standard, "host parsing").

/// Takes a host and its port apart. The colons of an IPv6 address are not its port's.
pub fn split_port(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    }
}

/// Whether this is a host, with a port or without one, that no browser refuses or rewrites, letter case aside. Of IPv6
/// addresses only `[::1]` is.
pub fn is_host_and_port(text: &str) -> bool {
    let (host, port) = split_port(text);
    port.is_none_or(|port| is_number_up_to(port, 65_535)) && (host == "[::1]" || is_name(host))
}

fn is_name(host: &str) -> bool {
    let is_written_so = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'.' | b'-' | b'_');
    if host.is_empty() || !host.bytes().all(is_written_so) {
        return false;
    }
    let absolute = host.strip_suffix('.').unwrap_or(host);
    let last = absolute.rsplit('.').next().unwrap_or_default();
    let digits = last.strip_prefix("0x").or(last.strip_prefix("0X"));
    let is_number =
        last.bytes().all(|digit| digit.is_ascii_digit()) || digits.is_some_and(|digits| digits.bytes().all(is_hex));
    // A host that ends in a number is an IPv4 address, or none.
    !is_number || (host.split('.').count() == 4 && host.split('.').all(|part| is_number_up_to(part, 255)))
}

const fn is_hex(digit: u8) -> bool {
    digit.is_ascii_hexdigit()
}

/// Whether this is a decimal number in the form that browsers write: without leading zeros.
fn is_number_up_to(text: &str, most: u32) -> bool {
    let digits = text.as_bytes();
    matches!(digits, [b'0'] | [b'1'..=b'9', ..])
        && digits.len() <= 5
        && digits.iter().all(u8::is_ascii_digit)
        && digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')) <= most
}

#[cfg(test)]
mod tests {
    use super::is_host_and_port;

    #[test]
    fn hosts_and_ports_that_browsers_take() {
        for text in [
            "a",
            "api.example.com",
            "API.example.com:443",
            "my_bucket.s3.eu-west-1.amazonaws.com",
            "api.example.com.",
            "127.0.0.1:9400",
            "[::1]",
            "[::1]:9400",
            "a:65535",
            "1.2.3.4a",
            "4a.0xg",
        ] {
            assert!(is_host_and_port(text), "{text}");
        }
    }

    #[test]
    fn hosts_and_ports_that_browsers_refuse_or_rewrite() {
        for text in [
            "",
            "a:",
            "a:99999",
            "a:65536",
            "a:080",
            "a:x",
            "a:1:2",
            "1.2.3.4.5",
            "1.2.3",
            "1",
            "256.1.1.1",
            "1.2.3.04",
            "1.2.3.4.",
            "a.1",
            "a.0x1f",
            "0x7f000001",
            "[::2]",
            "[::1",
            "a b",
            "user@a",
            "a/b",
            "a%2eb",
            "ä.example",
        ] {
            assert!(!is_host_and_port(text), "{text}");
        }
    }
}
