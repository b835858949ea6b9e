//! `application/x-www-form-urlencoded` (URL Standard section 5): the queries of URLs and the bodies of OAuth.

use super::percent;
use crate::secret::Secret;

/// Writes pairs into text that is wiped when dropped: codes and verifiers pass here.
pub struct Form {
    text: Secret<String>,
    separator: &'static str,
}

impl Form {
    /// Begins a body.
    pub fn body() -> Self {
        Self { text: Secret::new(String::with_capacity(512)), separator: "" }
    }

    /// Begins the query of a URL that may have one already.
    pub fn query_of(url: &str) -> Self {
        let mut form = Self { separator: if url.contains('?') { "&" } else { "?" }, ..Self::body() };
        form.text.push_str(url);
        form
    }

    /// Adds a pair.
    #[inline(never)]
    pub fn pair(&mut self, name: &str, value: &str) {
        self.text.push_str(std::mem::replace(&mut self.separator, "&"));
        self.encoded(name);
        self.text.push_str("=");
        self.encoded(value);
    }

    /// Adds a pair, unless the value is empty.
    pub fn pair_if(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.pair(name, value);
        }
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        self.text.expose_secret()
    }

    /// The text.
    pub fn finish(self) -> Secret<String> {
        self.text
    }

    fn encoded(&mut self, text: &str) {
        self.text.push_str(Secret::new(percent::encode(text.as_bytes())).expose_secret());
    }
}

/// The decoded value of the first pair of this name.
pub fn value(form: &str, name: &str) -> Option<Secret<String>> {
    form.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key).expose_secret() == name).then(|| decode(value))
    })
}

/// Decodes; a plus is a blank.
fn decode(text: &str) -> Secret<String> {
    let spaced = Secret::new(text.replace('+', " "));
    Secret::new(String::from_utf8(percent::decode(spaced.expose_secret())).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &str, name: &str) -> Option<String> {
        value(form, name).map(|value| value.expose_secret().clone())
    }

    #[test]
    fn writes_pairs() {
        let mut form = Form::query_of("https://a.example/x");
        form.pair("redirect_uri", "http://localhost:1/ä b");
        form.pair_if("empty", "");
        form.pair("s~-._", "!'()*+&=");
        let text = form.finish();
        assert_eq!(
            text.expose_secret(),
            "https://a.example/x?redirect_uri=http%3A%2F%2Flocalhost%3A1%2F%C3%A4%20b&s~-._=%21%27%28%29%2A%2B%26%3D"
        );
        let mut form = Form::query_of("https://a.example/x?y=1");
        form.pair("a", "b");
        assert_eq!(form.finish().expose_secret(), "https://a.example/x?y=1&a=b");
    }

    #[test]
    fn reads_pairs() {
        let form = "a=1&b=x+y%20z&c&%64=%C3%A4&a=2&bad=%zz%4";
        assert_eq!(read(form, "a").as_deref(), Some("1"));
        assert_eq!(read(form, "b").as_deref(), Some("x y z"));
        assert_eq!(read(form, "c").as_deref(), Some(""));
        assert_eq!(read(form, "d").as_deref(), Some("ä"));
        assert_eq!(read(form, "bad").as_deref(), Some("%zz%4"));
        assert_eq!(read(form, "none"), None);
        assert_eq!(read("x=%ff", "x").as_deref(), Some(""));
    }
}
