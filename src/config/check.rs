//! Reading settings by path, and the forms that AWS's identifiers have.

use crate::error::Error;
use crate::json::Value;

/// An object of settings and where it stands.
pub(super) struct Settings<'a> {
    path: &'a str,
    members: &'a [(String, Value)],
}

pub(super) fn bad(key: &str, problem: &'static str) -> Error {
    Error::Config { key: key.to_owned(), problem }
}

impl<'a> Settings<'a> {
    pub(super) fn root(json: &'a Value) -> Result<Self, Error> {
        let members = json.members().ok_or_else(|| bad("the configuration", "must be an object"))?;
        Ok(Self { path: "", members })
    }

    pub(super) fn bad(&self, key: &str, problem: &'static str) -> Error {
        let separator = if self.path.is_empty() { "" } else { "." };
        Error::Config { key: [self.path, separator, key].concat(), problem }
    }

    /// Refuses every key but these.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Error> {
        match self.members.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            Some((key, _)) => Err(self.bad(key, "is not a known setting")),
            None => Ok(()),
        }
    }

    pub(super) fn object(&self, key: &'a str) -> Result<Option<Self>, Error> {
        self.get(key, |value| value.members().map(|members| Self { path: key, members }), "must be an object")
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<String>, Error> {
        self.get(key, |value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned), "must be a text")
    }

    pub(super) fn required(&self, key: &str) -> Result<String, Error> {
        self.text(key)?.ok_or_else(|| self.bad(key, "is required"))
    }

    pub(super) fn truth(&self, key: &str) -> Result<Option<bool>, Error> {
        self.get(key, Value::as_bool, "must be true or false")
    }

    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, Error> {
        let read = |value: &Value| value.elements()?.iter().map(|text| text.as_str().map(str::to_owned)).collect();
        Ok(self.get(key, read, "must be a list of texts")?.unwrap_or_default())
    }

    fn get<T>(
        &self,
        key: &str,
        read: impl Fn(&'a Value) -> Option<T>,
        problem: &'static str,
    ) -> Result<Option<T>, Error> {
        match self.members.iter().find(|(name, _)| name == key) {
            None | Some((_, Value::Null)) => Ok(None),
            Some((_, value)) => read(value).map(Some).ok_or_else(|| self.bad(key, problem)),
        }
    }
}

pub(super) fn is_region(text: &str) -> bool {
    let mut parts = text.split('-');
    let word = |part: &str| !part.is_empty() && part.bytes().all(|letter| letter.is_ascii_lowercase());
    let number = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    parts.next_back().is_some_and(number) && parts.clone().count() >= 2 && parts.all(word)
}

pub(super) fn is_user_pool_id(text: &str) -> bool {
    text.len() <= 55
        && text.split_once('_').is_some_and(|(region, name)| {
            is_region(region) && !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_alphanumeric())
        })
}

pub(super) fn is_identity_pool_id(text: &str) -> bool {
    text.len() <= 55
        && text.split_once(':').is_some_and(|(region, uuid)| {
            is_region(region)
                && !uuid.is_empty()
                && uuid.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f' | b'-'))
        })
}

pub(super) fn is_client_id(text: &str) -> bool {
    text.len() <= 128 && text.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'+'))
}

/// `https://host[:port]`, or `http://` to this machine: elsewhere it would carry tokens in the clear.
pub(super) fn is_endpoint(text: &str) -> bool {
    let (host_and_port, secure) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (rest, true),
        (_, Some(rest)) => (rest, false),
        _ => return false,
    };
    let (host, port) = match host_and_port.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (host_and_port, None),
    };
    let port_is_number =
        port.is_none_or(|port| (1..=5).contains(&port.len()) && port.bytes().all(|digit| digit.is_ascii_digit()));
    let local = matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
    let is_name =
        !host.is_empty() && host.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'.' | b'-'));
    port_is_number && (local || (secure && is_name))
}
