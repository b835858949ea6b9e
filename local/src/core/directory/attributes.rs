//! Which attribute values a user may have.

use serde::{Deserialize, Serialize};

use super::AppClient;

/// `AttributeType`.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Attribute {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) value: String,
}

impl Attribute {
    /// What takes an attribute away.
    pub(crate) fn blank(name: String) -> Self {
        Self { name, value: String::new() }
    }
}

/// Who writes attributes.
#[derive(Clone, Copy)]
pub(crate) enum Writer<'a> {
    Admin,
    Client(&'a AppClient),
}

pub(super) fn is_email(text: &str) -> bool {
    let whole = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    text.rsplit_once('@').is_some_and(|(local, domain)| {
        whole
            && !local.is_empty()
            && !local.contains('@')
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    })
}

pub(crate) fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+')
        .is_some_and(|digits| (1..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// How a destination is shown: `f***@e***`, `+*******1234`.
pub(crate) fn masked(destination: &str) -> String {
    let first = |text: &str| text.chars().next().map_or_else(String::new, String::from);
    match destination.rsplit_once('@') {
        Some((local, domain)) => format!("{}***@{}***", first(local), first(domain)),
        None => {
            let count = destination.chars().count();
            format!("+*******{}", destination.chars().skip(count.saturating_sub(4)).collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["a@b.c", "alice+tag@mail.example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "@b.c", "a@", "a@b", "a@.b", "a@b.", "a b@c.d", "a@b@c.d"] {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(is_phone_number("+15551234567"));
        assert!(!is_phone_number("15551234567") && !is_phone_number("+") && !is_phone_number("+1555123456789012"));
    }

    #[test]
    fn destinations_are_masked() {
        assert_eq!(masked("fred@example.com"), "f***@e***");
        assert_eq!(masked("+15551231234"), "+*******1234");
    }
}
