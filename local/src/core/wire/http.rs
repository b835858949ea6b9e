//! Requests and replies as plain values.

use serde_json::Value;
use std::time::Duration;

use super::form::Form;

/// The header by which a proxy says that it took a request by `https`.
pub(crate) const FORWARDED_SCHEME: &str = "X-Forwarded-Proto";

/// One HTTP request.
#[derive(Clone, Default)]
pub struct HttpRequest {
    /// Upper-case method, for example `POST`.
    pub method: String,
    /// Path and query, for example `/?a=b`.
    pub target: String,
    /// Header names (in any case) and values.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl HttpRequest {
    /// The first value of a header, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query, decoded.
    pub(crate) fn query_form(&self) -> Form {
        Form::parse(self.target.split_once('?').map_or("", |(_, query)| query))
    }

    /// The decoded value of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        self.query_form().get(name).map(str::to_owned)
    }

    /// The address that the caller used, such as `http://localhost:9400`.
    pub(crate) fn base(&self) -> String {
        let scheme = if self.header(FORWARDED_SCHEME) == Some("https") { "https" } else { "http" };
        format!("{scheme}://{}", self.header("Host").unwrap_or("localhost:9400"))
    }

    /// Whether `X-Amz-Target` begins so.
    pub(crate) fn names_target(&self, prefix: &str) -> bool {
        self.header("X-Amz-Target").is_some_and(|target| target.starts_with(prefix))
    }

    /// Whether it declares a form post.
    pub(crate) fn is_form_post(&self) -> bool {
        let content_type = self.header("Content-Type").unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        self.method == "POST" && essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
    }

    /// The values of all cookies of that name.
    pub(crate) fn cookies<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let headers = self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case("Cookie"));
        let pairs = headers.flat_map(|(_, value)| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(move |(n, _)| *n == name).map(|(_, value)| value)
    }
}

/// One HTTP reply, and how it is to be delivered.
#[derive(Clone)]
pub struct HttpResponse {
    /// Status code.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The whole body; [`Delivery::Truncate`] says how much of it is sent.
    pub body: Vec<u8>,
    /// What happens on the wire.
    pub delivery: Delivery,
}

impl HttpResponse {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".into(), content_type.into())];
        Self { status, headers, body: body.into(), delivery: Delivery::Whole }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    /// Sends the browser to another address. What is no ASCII is percent-encoded, as headers can't carry it.
    pub(crate) fn redirect(location: &str) -> Self {
        let mut ascii = String::with_capacity(location.len());
        for letter in location.chars() {
            match letter {
                '!'..='~' => ascii.push(letter),
                _ => letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| ascii.push_str(&format!("%{byte:02X}"))),
            }
        }
        Self::new(302, "text/plain", "").with("Location", ascii).with("Cache-Control", "no-store")
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The first value of a header, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What happens to a reply on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The connection is cut without a reply; the caller sees a network error.
    Drop,
    /// The whole reply, after a wait.
    Late(Duration),
    /// The full length is announced, that many bytes of the body are sent, then the connection is cut.
    Truncate(usize),
    /// The whole reply at once.
    Whole,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_values_are_decoded() {
        let request = HttpRequest { target: "/x?to=a%40b.c+d&bad=%4&flag".into(), ..HttpRequest::default() };
        assert_eq!(request.query("to").as_deref(), Some("a@b.c d"));
        assert_eq!(request.query("bad").as_deref(), Some("%4"));
        assert_eq!((request.query("flag"), request.query("none")), (None, None));
        assert_eq!(request.path(), "/x");
    }
    #[test]
    fn cookies_are_found_in_any_header() {
        let headers = [("Cookie", "a=1; cognito=x=y"), ("cookie", "cognito=z;b"), ("Accept", "cognito=no")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let request = HttpRequest { headers, ..HttpRequest::default() };
        assert_eq!(request.cookies("cognito").collect::<Vec<_>>(), ["x=y", "z"]);
    }
}
