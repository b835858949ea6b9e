//! Reading settings with their paths, and the forms of AWS's identifiers.

use crate::encode::authority;
use crate::error::{BadSetting, Error, ErrorKind, SettingProblem};
use crate::json::{Value, decimal};
use crate::sigv4::Url;

/// An object of settings and its path.
pub(super) struct Settings<'a> {
    path: String,
    members: &'a [(String, Value)],
}

#[inline(never)]
pub(super) fn bad(key: &str, problem: SettingProblem) -> Error {
    ErrorKind::Config(BadSetting { key: key.to_owned(), problem }).into()
}

impl<'a> Settings<'a> {
    pub(super) fn root(json: &'a Value) -> Result<Self, Error> {
        match json.members() {
            Some(members) => Ok(Self { path: String::new(), members }),
            None => Err(bad("the configuration", SettingProblem::NotObject)),
        }
    }

    pub(super) fn bad(&self, key: &str, problem: SettingProblem) -> Error {
        bad(&self.path_of(key), problem)
    }

    fn path_of(&self, key: &str) -> String {
        let separator = if self.path.is_empty() { "" } else { "." };
        [&self.path, separator, key].concat()
    }

    /// The settings in a value.
    fn inner(path: String, value: &'a Value) -> Result<Self, Error> {
        match value {
            Value::Object(members) => Ok(Self { path, members }),
            _ => Err(bad(&path, SettingProblem::NotObject)),
        }
    }

    /// Rejects all other keys.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Error> {
        for (key, _) in self.members {
            if !known.contains(&key.as_str()) {
                return Err(self.bad(key, SettingProblem::Unknown));
            }
        }
        Ok(())
    }

    pub(super) fn object(&self, key: &str) -> Result<Option<Self>, Error> {
        self.value(key).map(|value| Self::inner(self.path_of(key), value)).transpose()
    }

    /// The text, if there is one; an empty one is an error.
    pub(super) fn str(&self, key: &str) -> Result<Option<&'a str>, Error> {
        match self.value(key).map(Value::as_str) {
            None => Ok(None),
            Some(Some(text)) if !text.is_empty() => Ok(Some(text)),
            Some(_) => Err(self.bad(key, SettingProblem::NotFilled)),
        }
    }

    pub(super) fn required(&self, key: &str) -> Result<&'a str, Error> {
        match self.str(key)? {
            Some(text) => Ok(text),
            None => Err(self.bad(key, SettingProblem::Required)),
        }
    }

    pub(super) fn integer(&self, key: &str) -> Result<Option<i64>, Error> {
        match self.value(key) {
            None => Ok(None),
            Some(value) => value.as_whole().map(Some).ok_or_else(|| self.bad(key, SettingProblem::NotInteger)),
        }
    }

    pub(super) fn bool(&self, key: &str) -> Result<bool, Error> {
        match self.value(key) {
            None => Ok(false),
            Some(Value::Bool(truth)) => Ok(*truth),
            Some(_) => Err(self.bad(key, SettingProblem::NotBool)),
        }
    }

    /// A list of strings; empty if there is none.
    pub(super) fn strings(&self, key: &str) -> Result<Vec<String>, Error> {
        let elements = match self.value(key) {
            None => return Ok(Vec::new()),
            Some(value) => value.elements().unwrap_or(&[Value::Null]),
        };
        let string = |element: &Value| element.as_str().map(str::to_owned);
        elements.iter().map(string).collect::<Option<_>>().ok_or_else(|| self.bad(key, SettingProblem::NotStrings))
    }

    /// A list of absolute URLs without fragment, as redirect URLs have to be (RFC 6749 section 3.1.2).
    pub(super) fn urls(&self, key: &str) -> Result<Vec<String>, Error> {
        let urls = self.strings(key)?;
        let is_absolute =
            |url: &str| url.split_once(':').is_some_and(|(scheme, rest)| !scheme.is_empty() && rest.starts_with("//"));
        // Other schemes are an app's own.
        let is_web = |url: &str| url.starts_with("https:") || url.starts_with("http:");
        let is_url =
            |url: &String| is_absolute(url) && !url.contains(['#', ' ']) && (!is_web(url) || Url::read(url).is_some());
        if urls.iter().all(is_url) { Ok(urls) } else { Err(self.bad(key, SettingProblem::NotUrls)) }
    }

    /// The setting `endpoint` of a pool: a proxy of its service, whose address may have a path.
    pub(super) fn proxy(&self) -> Result<Option<String>, Error> {
        let Some(url) = self.str("endpoint")? else { return Ok(None) };
        if !is_safe_url(url) {
            return Err(self.bad("endpoint", SettingProblem::NotSafeUrl));
        }
        Ok(Some(url.strip_suffix('/').unwrap_or(url).to_owned()))
    }

    /// Reads each element of a list of objects.
    pub(super) fn objects<T>(&self, key: &str, read: fn(&Self) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        let elements = match self.value(key) {
            None => return Ok(Vec::new()),
            Some(value) => value.elements().ok_or_else(|| self.bad(key, SettingProblem::NotObjects))?,
        };
        let path = self.path_of(key);
        let element = |(at, value): (usize, &'a Value)| {
            read(&Self::inner([&path, "[", &decimal(at as i64), "]"].concat(), value)?)
        };
        elements.iter().enumerate().map(element).collect()
    }

    /// Reads each member, which must be an object.
    pub(super) fn entries<T>(&self, read: fn(&str, &Self) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        let entry = |(key, value): &'a (String, Value)| read(key, &Self::inner(self.path_of(key), value)?);
        self.members.iter().map(entry).collect()
    }

    /// The names of the members.
    pub(super) fn keys(&self) -> Vec<String> {
        self.members.iter().map(|(key, _)| key.clone()).collect()
    }

    /// The value, if there is one and it is not null.
    fn value(&self, key: &str) -> Option<&'a Value> {
        let (_, value) = self.members.iter().rev().find(|(name, _)| name == key)?;
        if matches!(value, Value::Null) { None } else { Some(value) }
    }
}

pub(crate) fn is_region(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(dash) = bytes.iter().rposition(|&byte| byte == b'-') else { return false };
    let (name, number) = (&bytes[..dash], &bytes[dash + 1..]);
    let words = name.split(|&byte| byte == b'-');
    !number.is_empty()
        && number.iter().all(u8::is_ascii_digit)
        && name.contains(&b'-')
        && words.into_iter().all(|word| !word.is_empty() && word.iter().all(u8::is_ascii_lowercase))
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

/// A URL with a path that tokens may be sent to: as [`is_endpoint`] up to the path, without query and fragment.
pub(super) fn is_safe_url(text: &str) -> bool {
    trusted(text).is_some_and(|url| !url.has_dot_segments() && Url { host: "", ..url }.is_in_sent_form())
}

/// `https://host[:port]`, or `http://` to this machine: elsewhere it would carry tokens in the clear.
pub(super) fn is_endpoint(text: &str) -> bool {
    trusted(text).is_some_and(|url| url.path.is_empty())
}

fn trusted(text: &str) -> Option<Url<'_>> {
    let url = Url::read(text).filter(|_| !text.bytes().any(|letter| matches!(letter, b'?' | b'#')))?;
    let (host, _) = authority::split_port(url.host);
    let local = matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
    (url.scheme == "https" || (url.scheme == "http" && local)).then_some(url)
}
