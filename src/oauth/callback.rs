//! Coming back: what the redirect URI was called with (RFC 6749 section 4.1.2).

use crate::crypto::sha256::sha256;
use crate::encode::base64;
use crate::encode::form;
use crate::error::OAuthError;
use crate::secret::Secret;

/// An arrival at the redirect URI.
pub struct Callback {
    /// The URL without its query and fragment.
    pub page: String,
    /// `state`
    pub state: String,
    /// `iss`, where the server sends one (RFC 9207).
    pub issuer: Option<String>,
    /// The code, or the server's error. `None` if it is neither.
    pub answer: Option<Result<Secret<String>, OAuthError>>,
}

impl Callback {
    /// Reads the query of a URL. `None` if it has no `state`.
    pub fn read(url: &str) -> Option<Self> {
        let (page, query) = url.split('#').next()?.split_once('?')?;
        let value = |name| form::value(query, name).filter(|value| !value.expose_secret().is_empty());
        let text = |name| value(name).map(|value| value.expose_secret().clone());
        let answer = match (text("error"), value("code")) {
            // An error counts, whatever stands beside it.
            (Some(error), _) => {
                Some(Err(OAuthError::new(&error, &text("error_description").unwrap_or_default(), None)))
            }
            (None, Some(code)) => Some(Ok(code)),
            (None, None) => None,
        };
        Some(Self { page: page.to_owned(), state: text("state")?, issuer: text("iss"), answer })
    }
}

/// How a flow comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the page that it left.
    Redirect,
    /// In a window of its own, which hands its URL to the page that opened it.
    Popup,
}

/// The first letters of every `state` of one app and way back: an arrival is known as ours without looking anything up.
/// `www/poolpass/arrival.js` knows this form too. Letters of base64url only: Cognito decodes others twice at times.
pub fn mark(namespace: &str, way: Way) -> String {
    let digest = base64::encode_url(&sha256(&[namespace.as_bytes()]));
    let way = match way {
        Way::Redirect => "r",
        Way::Popup => "p",
    };
    ["pp1", way, digest.get(..8).unwrap_or_default()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrival_is_read() {
        let with_code = Callback::read("https://a.example/cb?x=1&code=a%2Fb&state=s&iss=i#frag?state=t").unwrap();
        assert_eq!((with_code.state.as_str(), with_code.issuer.as_deref()), ("s", Some("i")));
        assert_eq!(with_code.page, "https://a.example/cb");
        assert_eq!(with_code.answer.unwrap().unwrap().expose_secret(), "a/b");
        let with_error =
            Callback::read("https://a.example/?error=access_denied&error_description=No+way.&code=c&state=s");
        let error = with_error.unwrap().answer.unwrap().err().unwrap();
        assert_eq!((error.error.as_str(), error.description.as_str()), ("access_denied", "No way."));
        assert!(Callback::read("https://a.example/?state=s&code=").unwrap().answer.is_none());
        for none in ["https://a.example/", "https://a.example/?code=c", "https://a.example/#state=s", "", "?state="] {
            assert!(Callback::read(none).is_none(), "{none}");
        }
    }

    #[test]
    fn marks_differ_by_app_and_way() {
        let marks = [mark("a", Way::Redirect), mark("a", Way::Popup), mark("b", Way::Redirect)];
        assert!(marks.iter().all(|mark| mark.len() == 12 && mark.starts_with("pp1")), "{marks:?}");
        assert!(marks[0] != marks[1] && marks[0] != marks[2]);
    }
}
