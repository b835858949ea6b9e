//! `application/x-www-form-urlencoded`: queries, form posts and what redirects carry.

/// Names and values in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads whatever comes: what is no valid escape stands for itself.
    pub(crate) fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decode(name), percent_decode(value))
        });
        Self(pairs.collect())
    }

    /// The first value of a name. An empty one counts as absent (RFC 6749, section 3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some(pair) => pair.1 = value,
            None => self.0.push((name.into(), value)),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(n, _)| n != name);
    }

    /// The pairs with one of these names.
    pub(crate) fn only(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect())
    }

    /// A name that is there more than once.
    pub(crate) fn repeated(&self) -> Option<&str> {
        let mut names = self.0.iter().map(|(name, _)| name).enumerate();
        names.find(|(at, name)| self.0[..*at].iter().any(|(n, _)| n == *name)).map(|(_, name)| name.as_str())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The form as text, with `+` for spaces.
    pub(crate) fn encode(&self) -> String {
        let pair = |(name, value): &(String, String)| format!("{}={}", form_encode(name), form_encode(value));
        self.0.iter().map(pair).collect::<Vec<_>>().join("&")
    }
}

impl<'a, V: Into<String>> FromIterator<(&'a str, V)> for Form {
    fn from_iter<I: IntoIterator<Item = (&'a str, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect())
    }
}

/// A text as it may stand in a form.
pub(crate) fn form_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// An address with pairs added to its query.
pub(crate) fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{}", Form::from_iter(pairs.iter().copied()).encode())
}

/// Decodes escapes and `+`; bytes that are no UTF-8 become U+FFFD.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = [ahead.next(), ahead.next()];
        match (byte, digits.map(|d| d.and_then(|d| (d as char).to_digit(16)))) {
            (b'%', [Some(high), Some(low)]) => {
                bytes.push((high * 16 + low) as u8);
                rest = ahead;
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_can_be_read(pairs in prop::collection::vec((".{1,9}", ".{0,9}"), 0..5)) {
            let form = Form::from_iter(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let text = form.encode();
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert_eq!(Form::parse(&text), form);
        }
    }

    #[test]
    fn empty_values_count_as_absent_and_repeated_names_are_found() {
        let form = Form::parse("a=1&b=&&c&a=2");
        assert_eq!((form.get("a"), form.get("b"), form.get("c")), (Some("1"), None, None));
        assert_eq!(form.repeated(), Some("a"));
        assert_eq!(form.only(&["b", "c"]).encode(), "b=&c=");
        assert_eq!(form.only(&["b", "c"]).repeated(), None);
    }
}
