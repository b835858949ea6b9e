//! A browser at the hosted UI: cookies, redirects, forms.

use std::cell::RefCell;

use poolpass_local::core::HttpResponse;

use crate::stage::{APP, Stage};

/// One browser's cookies at the hosted UI.
pub(crate) struct Browser<'a> {
    stage: &'a Stage,
    cookies: RefCell<Vec<(String, String)>>,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(stage: &'a Stage) -> Self {
        Self { stage, cookies: RefCell::default() }
    }

    /// Goes to an address and signs in there: the URL that the app is called back with.
    pub(crate) fn sign_in(&self, url: &str, username: &str, password: &str) -> String {
        match self.go(url) {
            Place::App(url) => url,
            Place::Page(page) => self.submit(&page, &[("username", username), ("password", password)]).app(),
        }
    }

    /// Follows redirects until a page is there or the app is called.
    pub(crate) fn go(&self, url: &str) -> Place {
        let target = url.strip_prefix("http://localhost:9400").unwrap_or(url);
        let response = self.send("GET", target, "");
        self.follow(response)
    }

    /// Fills in the page's first form and sends it.
    pub(crate) fn submit(&self, page: &str, fields: &[(&str, &str)]) -> Place {
        let form = page.split("<form").nth(1).unwrap_or_else(|| panic!("no form in {page}"));
        let action = unescape(attribute(form, "action"));
        let csrf = form.split("<input").find(|input| input.contains("name=\"_csrf\"")).unwrap();
        let mut body = format!("_csrf={}", encode(attribute(csrf, "value")));
        for (name, value) in fields {
            body += &format!("&{name}={}", encode(value));
        }
        let response = self.send("POST", &action, &body);
        self.follow(response)
    }

    fn follow(&self, mut response: HttpResponse) -> Place {
        for _ in 0..10 {
            match response.header("location") {
                Some(url) if url.starts_with(APP) => return Place::App(url.to_owned()),
                Some(url) => {
                    let target = url.strip_prefix("http://localhost:9400").unwrap_or(url).to_owned();
                    response = self.send("GET", &target, "");
                }
                None => return Place::Page(String::from_utf8(response.body).unwrap()),
            }
        }
        panic!("redirected in circles")
    }

    fn send(&self, method: &str, target: &str, body: &str) -> HttpResponse {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = [
            ("cookie", cookies.join("; ")),
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ("origin", "http://localhost:9400".to_owned()),
        ];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let response = self.stage.request(method, target, &headers, body);
        for (_, cookie) in response.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.borrow_mut();
            cookies.retain(|(known, _)| known != name);
            cookies.push((name.to_owned(), value.to_owned()));
        }
        response
    }
}

/// Where one has come to.
pub(crate) enum Place {
    /// The app, by this URL.
    App(String),
    /// A page of the hosted UI.
    Page(String),
}

impl Place {
    pub(crate) fn app(self) -> String {
        match self {
            Self::App(url) => url,
            Self::Page(page) => panic!("still at the hosted UI: {page}"),
        }
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    tag.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap()
}

fn unescape(text: &str) -> String {
    text.replace("&amp;", "&")
}

pub(crate) fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
