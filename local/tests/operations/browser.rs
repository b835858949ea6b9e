//! A browser without a screen: cookies, redirects, forms.

use poolpass_local::core::{HttpRequest, HttpResponse};
use std::collections::BTreeMap;

use crate::world::{WEB, World};

pub(crate) const APP: &str = "http://localhost:9401/";
/// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) struct Browser<'a> {
    world: &'a World,
    pub(crate) cookies: BTreeMap<String, String>,
}

/// Where a navigation ends.
#[derive(Debug)]
pub(crate) enum Landing {
    /// An address of an app.
    App(String),
    Page(Page),
}

/// A page of the emulator.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) target: String,
    pub(crate) status: u16,
    pub(crate) html: String,
    policy: String,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(world: &'a World) -> Self {
        Self { world, cookies: BTreeMap::new() }
    }

    /// One request, with cookies; redirects are not followed.
    pub(crate) fn request(&mut self, method: &str, target: &str, form: &str) -> HttpResponse {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut headers = vec![("Host".to_owned(), "localhost:9400".to_owned())];
        if !cookies.is_empty() {
            headers.push(("Cookie".into(), cookies.join("; ")));
        }
        if method == "POST" {
            headers.push(("Content-Type".into(), "application/x-www-form-urlencoded".into()));
        }
        let request = HttpRequest { method: method.into(), target: target.into(), headers, body: form.into() };
        let reply = self.world.emulator.handle(request);
        for (_, cookie) in reply.headers.iter().filter(|(name, _)| name == "Set-Cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            match cookie.contains("Max-Age=0") {
                true => drop(self.cookies.remove(name)),
                false => drop(self.cookies.insert(name.into(), value.into())),
            }
        }
        reply
    }

    /// Opens an address and follows redirects.
    #[track_caller]
    pub(crate) fn open(&mut self, target: &str) -> Landing {
        let reply = self.request("GET", target, "");
        self.follow(target.to_owned(), reply)
    }

    /// Opens an address that must end on a page.
    #[track_caller]
    pub(crate) fn page(&mut self, target: &str) -> Page {
        self.open(target).page()
    }

    /// Fills in and sends the first form of a page.
    #[track_caller]
    pub(crate) fn submit(&mut self, page: &Page, values: &[(&str, &str)]) -> Landing {
        let form = page.forms().into_iter().next().expect("a form");
        self.send(&form, values)
    }

    /// Fills in and sends the form with that button.
    #[track_caller]
    pub(crate) fn press(&mut self, page: &Page, button: &str, values: &[(&str, &str)]) -> Landing {
        let form = page.forms().into_iter().find(|form| form.button == button).expect("a form with that button");
        self.send(&form, values)
    }

    #[track_caller]
    fn send(&mut self, form: &Form, values: &[(&str, &str)]) -> Landing {
        let mut fields = form.fields.clone();
        for (name, value) in values {
            let field = fields.iter_mut().find(|(known, _)| known == name);
            field.unwrap_or_else(|| panic!("no field {name}")).1 = (*value).to_owned();
        }
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let reply = self.request("POST", &form.action, &body.join("&"));
        self.follow(form.action.clone(), reply)
    }

    #[track_caller]
    fn follow(&mut self, mut target: String, mut reply: HttpResponse) -> Landing {
        for _ in 0..10 {
            if reply.status != 302 {
                return Landing::Page(Page::read(target, &reply));
            }
            target = reply.header("Location").unwrap().to_owned();
            if !target.starts_with('/') {
                return Landing::App(target);
            }
            reply = self.request("GET", &target, "");
        }
        panic!("redirects without end, at {target}");
    }

    /// Signs in on the login page of a flow: the address of the app.
    #[track_caller]
    pub(crate) fn sign_in(&mut self, target: &str, username: &str, password: &str) -> String {
        let page = self.page(target);
        self.submit(&page, &[("username", username), ("password", password)]).app()
    }
}

impl Landing {
    #[track_caller]
    pub(crate) fn app(self) -> String {
        match self {
            Self::App(address) => address,
            Self::Page(page) => panic!("a page: {} {}", page.target, page.html),
        }
    }

    #[track_caller]
    pub(crate) fn page(self) -> Page {
        match self {
            Self::App(address) => panic!("an app: {address}"),
            Self::Page(page) => page,
        }
    }
}

/// A form of a page.
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) button: String,
}

impl Page {
    #[track_caller]
    fn read(target: String, reply: &HttpResponse) -> Self {
        let header = |name: &str| reply.header(name).unwrap_or_default().to_owned();
        let html = String::from_utf8(reply.body.clone()).unwrap();
        let policy = header("Content-Security-Policy");
        let page = Self { target, status: reply.status, html, policy };
        // What holds of every page.
        assert_eq!(header("Content-Type"), "text/html; charset=utf-8", "{page:?}");
        assert!(page.policy.starts_with("default-src 'none'; style-src 'sha256-"), "{page:?}");
        assert!(page.policy.ends_with("frame-ancestors 'none'"), "{page:?}");
        assert_eq!(header("Referrer-Policy"), "no-referrer");
        assert_eq!(header("Cache-Control"), "no-store");
        assert_eq!(header("X-Frame-Options"), "DENY");
        let mut handlers =
            page.html.split(" on").skip(1).map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_lowercase()));
        assert!(!handlers.any(|rest| rest.starts_with('=')), "{page:?}");
        // Only pages for passkeys have a script, whose text the policy knows.
        let scripts = usize::from(page.policy.contains("; script-src 'sha256-"));
        assert_eq!(page.html.matches("<script").count(), scripts, "{page:?}");
        assert!(scripts == 0 || ["/login", "/passkeys/add"].contains(&page.path()), "{page:?}");
        for form in page.forms() {
            assert!(form.fields.iter().any(|(name, value)| name == "_csrf" && value.len() == 43), "{page:?}");
            assert!(!form.button.is_empty());
        }
        for id in page.all(" id=\"", "\"") {
            assert_eq!(page.html.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
        }
        page
    }

    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub(crate) fn title(&self) -> String {
        self.all("<h1>", "</h1>").into_iter().next().unwrap()
    }

    /// What the page says went wrong.
    pub(crate) fn problem(&self) -> String {
        let alert = self.html.split_once("<p role=\"alert\"").map_or("", |(_, rest)| rest);
        let text = alert.split_once('>').and_then(|(_, rest)| rest.split_once("</p>")).map_or("", |(text, _)| text);
        unescape(text)
    }

    pub(crate) fn may_lead_to(&self, origin: &str) -> bool {
        let actions = self.policy.split("; ").find(|part| part.starts_with("form-action ")).unwrap_or_default();
        actions.split(' ').any(|source| source == origin)
    }

    pub(crate) fn forms(&self) -> Vec<Form> {
        self.all("<form ", "</form>")
            .into_iter()
            .map(|form| Form {
                action: attribute(&form, "action").unwrap(),
                fields: form
                    .split("<input ")
                    .skip(1)
                    .map(|input| (attribute(input, "name").unwrap(), attribute(input, "value").unwrap_or_default()))
                    .collect(),
                button: form
                    .split("<button")
                    .nth(1)
                    .unwrap()
                    .split_once('>')
                    .map(|(_, text)| unescape(text.split('<').next().unwrap()))
                    .unwrap(),
            })
            .collect()
    }

    /// The address of the link with that text.
    pub(crate) fn link(&self, text: &str) -> Option<String> {
        let link = self.all("<a ", "</a>").into_iter().find(|link| link.ends_with(&format!(">{text}")))?;
        attribute(&link, "href")
    }

    fn all(&self, from: &str, to: &str) -> Vec<String> {
        self.html.split(from).skip(1).filter_map(|rest| Some(rest.split_once(to)?.0.to_owned())).collect()
    }
}

/// The address of `/oauth2/authorize` for the client of the seed, with parameters changed, added or (with an empty value) left out.
pub(crate) fn authorize(changes: &[(&str, &str)]) -> String {
    with_path("/oauth2/authorize", changes)
}

pub(crate) fn with_path(path: &str, changes: &[(&str, &str)]) -> String {
    let mut parameters = vec![
        ("response_type", "code"),
        ("client_id", WEB),
        ("redirect_uri", APP),
        ("state", "the-state"),
        ("scope", "openid email"),
        ("nonce", "the-nonce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        match parameters.iter_mut().find(|(known, _)| known == name) {
            Some(known) => known.1 = value,
            None => parameters.push((name, value)),
        }
    }
    parameters.retain(|(_, value)| !value.is_empty());
    format!("{path}?{}", query(&parameters))
}

pub(crate) fn query(parameters: &[(&str, &str)]) -> String {
    parameters.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// The parameters of an address, of its query or else its fragment.
pub(crate) fn parameters(address: &str) -> BTreeMap<String, String> {
    let (_, query) = address.split_once(['?', '#']).unwrap_or((address, ""));
    query.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.into(), decode(value))).collect()
}

pub(crate) fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

pub(crate) fn decode(text: &str) -> String {
    let text = text.replace('+', " ");
    let mut bytes = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        match rest.strip_prefix('%') {
            Some(digits) => {
                bytes.push(u8::from_str_radix(&digits[..2], 16).unwrap());
                rest = &digits[2..];
            }
            None => {
                bytes.extend_from_slice(first.to_string().as_bytes());
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    Some(unescape(rest.split('"').next()?))
}

pub(crate) fn unescape(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
