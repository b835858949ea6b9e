//! Which of the configured URLs to come back to.

use crate::config::Config;
use crate::error::{Error, Misuse};
use crate::oauth::logout;

/// The URL that was asked for, if it is configured; else the one of this page; else the first of its origin.
pub(super) fn choose<'a>(
    setting: &'static str,
    urls: &'a [String],
    asked: Option<&str>,
    page_url: &str,
) -> Result<&'a str, Error> {
    let page = without_query(page_url);
    let find = |fits: &dyn Fn(&str) -> bool| urls.iter().map(String::as_str).find(|url| fits(url));
    let found = match asked {
        Some(asked) => find(&|url| url == asked),
        None => find(&|url| url.split('?').next() == Some(page)).or_else(|| find(&|url| split(url).0 == split(page).0)),
    };
    found.ok_or_else(|| Misuse::RedirectUrl(setting).into())
}

/// Scheme, host and port of a URL, and the rest of it.
fn split(url: &str) -> (&str, &str) {
    // Behind the scheme's two slashes.
    let host_at = url.find(':').map_or(0, |colon| colon + 3);
    let end = url.get(host_at..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |at| host_at + at);
    url.split_at_checked(end).unwrap_or((url, ""))
}

/// Path, query and fragment of a page, in a form that stays on its origin: a path that begins with `//` is written
/// `/.//`, as in the URL Standard's serializer, since `//x` as a relative URL names the host `x`.
pub(super) fn place(page_url: &str) -> String {
    let place = split(page_url).1;
    let start = match place.as_bytes() {
        [b'/', b'/', ..] => "/.",
        [b'/', ..] => "",
        _ => "/",
    };
    let place = [start, place].concat();
    if is_place(&place) { place } else { "/".to_owned() }
}

/// Whether this text, as a relative URL, stays on the origin of any page. Browsers read a backslash in a path as a slash,
/// and skip control characters.
pub(super) fn is_place(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !text.bytes().any(|byte| byte.is_ascii_control())
}

/// Whether two URLs are of one page. Query, fragment, letter case, a slash at the end and the scheme's own port make no
/// difference.
pub(super) fn is_same_page(one: &str, other: &str) -> bool {
    let page = |url| {
        let (origin, path) = split(without_query(url));
        let port = if origin.starts_with("http:") { ":80" } else { ":443" };
        (origin.strip_suffix(port).unwrap_or(origin), path.trim_end_matches('/'))
    };
    let (one, other) = (page(one), page(other));
    one.0.eq_ignore_ascii_case(other.0) && one.1.eq_ignore_ascii_case(other.1)
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// Where to go to end the hosted UI's session too.
pub(crate) fn sign_out_url(config: &Config, asked: Option<&str>, page_url: &str) -> Result<String, Error> {
    let (pool, oauth) = config.require_oauth()?;
    let back = choose(config.name_of("userPool.oauth.redirectSignOut"), oauth.redirect_sign_out(), asked, page_url)?;
    Ok(logout::url(oauth.url(), pool.client_id(), back))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_of_the_page_is_preferred() {
        let urls = ["myapp://back", "https://b.example/", "https://a.example/cb", "https://a.example/deep?x=1"];
        let urls = urls.map(String::from);
        let chosen = |asked, page| choose("s", &urls, asked, page).ok();
        assert_eq!(chosen(None, "https://a.example/deep?y#z"), Some("https://a.example/deep?x=1"));
        assert_eq!(chosen(None, "https://a.example/other"), Some("https://a.example/cb"));
        assert_eq!(chosen(None, "https://b.example"), Some("https://b.example/"));
        assert_eq!(chosen(None, "https://a.example.evil/"), None);
        assert_eq!(chosen(None, "http://a.example/cb"), None);
        assert_eq!(chosen(Some("myapp://back"), "https://a.example/"), Some("myapp://back"));
        assert_eq!(chosen(Some("https://a.example/cb/"), "https://a.example/"), None);
    }

    #[test]
    fn pages_differ_by_origin_and_path() {
        let page = "https://a.example/cb";
        for same in ["https://a.example/cb/?x#y", "https://A.example:443/CB", "https://a.example/cb#"] {
            assert!(is_same_page(page, same) && is_same_page(same, page), "{same}");
        }
        for other in [
            "https://a.example/",
            "http://a.example/cb",
            "https://a.example:80/cb",
            "https://a.example.b/cb",
            "?code",
            "",
        ] {
            assert!(!is_same_page(page, other), "{other}");
        }
        assert!(
            is_same_page("http://localhost:80", "http://localhost/")
                && is_same_page("myapp://back", "myapp://back?code")
        );
    }

    #[test]
    fn return_to_accepts_only_places_of_the_origin() {
        for good in ["/", "/a?b=//c#d", "/a?b=\\#\\", "/.//a", "/ä"] {
            assert!(is_place(good), "{good}");
        }
        for bad in ["", "a", "//evil.example", "/\\evil.example", "https://evil.example/", "javascript:x", "/a\n"] {
            assert!(!is_place(bad), "{bad}");
        }
        for bad in ["/\t/evil.example", "/a\\b", "\t//evil.example", "?a"] {
            assert!(!is_place(bad), "{bad}");
        }
        assert_eq!(place("https://a.example"), "/");
        assert_eq!(place("https://a.example/x?y=1#z"), "/x?y=1#z");
        assert_eq!(place("https://a.example?y"), "/?y");
        assert_eq!(place("https://a.example//b.example"), "/.//b.example");
        for elsewhere in ["", "about:blank", "https://a.example/\\b.example", "https://a.example/\n"] {
            assert_eq!(place(elsewhere), "/", "{elsewhere}");
        }
    }
}
