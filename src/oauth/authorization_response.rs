//! The authorization response in the redirect URI's query (RFC 6749 section 4.1.2).

use crate::crypto::sha256::sha256;
use crate::encode::base64;
use crate::encode::form;
use crate::error::OAuthError;
use crate::secret::Secret;

/// The response that an authorization server sends to the redirect URI.
pub struct AuthorizationResponse {
    /// The URL without its query and fragment.
    pub page: String,
    /// `state`
    pub state: String,
    /// `iss`, where the server sends one (RFC 9207).
    pub issuer: Option<String>,
    /// The code, or the server's error. `None` if it is neither.
    pub answer: Option<Result<Secret<String>, OAuthError>>,
}

impl AuthorizationResponse {
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

/// How the response of a flow returns to the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the page that started it.
    Redirect,
    /// In a window of its own, which hands its URL to the page that opened it.
    Popup,
}

/// The prefix of every `state` of one app and way back. It identifies our responses without a look into the storage.
/// `www/poolpass/arrival.js` knows this form too. It has characters of base64url only: Cognito sometimes decodes others twice.
pub fn state_prefix(namespace: &str, way: Way) -> String {
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
    fn reads_a_code_or_an_error() {
        let with_code =
            AuthorizationResponse::read("https://a.example/cb?x=1&code=a%2Fb&state=s&iss=i#frag?state=t").unwrap();
        assert_eq!((with_code.state.as_str(), with_code.issuer.as_deref()), ("s", Some("i")));
        assert_eq!(with_code.page, "https://a.example/cb");
        assert_eq!(with_code.answer.unwrap().unwrap().expose_secret(), "a/b");
        let with_error = AuthorizationResponse::read(
            "https://a.example/?error=access_denied&error_description=No+way.&code=c&state=s",
        );
        let error = with_error.unwrap().answer.unwrap().err().unwrap();
        assert_eq!((error.error.as_str(), error.description.as_str()), ("access_denied", "No way."));
        assert!(AuthorizationResponse::read("https://a.example/?state=s&code=").unwrap().answer.is_none());
        for none in ["https://a.example/", "https://a.example/?code=c", "https://a.example/#state=s", "", "?state="] {
            assert!(AuthorizationResponse::read(none).is_none(), "{none}");
        }
    }

    #[test]
    fn state_prefixes_differ_by_app_and_way() {
        let state_prefixes =
            [state_prefix("a", Way::Redirect), state_prefix("a", Way::Popup), state_prefix("b", Way::Redirect)];
        assert!(
            state_prefixes.iter().all(|prefix| prefix.len() == 12 && prefix.starts_with("pp1")),
            "{state_prefixes:?}"
        );
        assert!(state_prefixes[0] != state_prefixes[1] && state_prefixes[0] != state_prefixes[2]);
    }
}
