//! A browser without scripts that signs in through providers: it keeps cookies, follows redirects within the emulator and fills in forms.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolpass_local::core::{HttpRequest, HttpResponse};
use regex::Regex;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

use crate::browser::{decode, encode as percent, unescape};
use crate::world::{WEB, World};

pub(crate) const ORIGIN: &str = "http://localhost:9400";
pub(crate) const APP: &str = "http://localhost:9401/";
pub(crate) const VERIFIER: &str = "a-verifier-that-is-long-enough-for-the-rules-of-pkce";
pub(crate) const STATE: &str = "the state of the app";

pub(crate) struct Browser<'a> {
    pub(crate) world: &'a World,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The emulator's address, as it stands in the browser.
    pub(crate) origin: &'static str,
}

/// A form on a page: where it goes, and its hidden fields.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
}

/// Where a journey ends: on a page, or at another server.
pub(crate) enum Place {
    Page(HttpResponse),
    Elsewhere(String),
}

impl<'a> Browser<'a> {
    pub(crate) fn new(world: &'a World) -> Self {
        Self { world, cookies: BTreeMap::new(), origin: ORIGIN }
    }

    /// One request, without following what it leads to. `url` is a path or an address of the emulator.
    pub(crate) fn send(&mut self, method: &str, url: &str, body: &str) -> HttpResponse {
        let target = url.strip_prefix(self.origin).unwrap_or(url).to_owned();
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut headers = vec![("Host".to_owned(), "localhost:9400".to_owned()), ("Cookie".into(), cookies.join("; "))];
        if self.origin.starts_with("https:") {
            headers.push(("X-Forwarded-Proto".into(), "https".into()));
        }
        if method == "POST" {
            headers.push(("Content-Type".into(), "application/x-www-form-urlencoded".into()));
        }
        let response =
            self.world.emulator.handle(HttpRequest { method: method.into(), target, headers, body: body.into() });
        assert!(response.status < 500, "{method} {url}: {}", response.status);
        for (_, cookie) in response.headers.iter().filter(|(name, _)| name == "Set-Cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            assert!(rest.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
            self.cookies.insert(name.into(), rest.split(';').next().unwrap_or_default().into());
        }
        response
    }

    /// Goes somewhere, and wherever that leads.
    pub(crate) fn go(&mut self, url: &str) -> Place {
        let response = self.send("GET", url, "");
        self.follow(response)
    }

    pub(crate) fn follow(&mut self, mut response: HttpResponse) -> Place {
        for _ in 0..10 {
            let Some(location) = response.header("Location").map(str::to_owned) else { return Place::Page(response) };
            if !location.starts_with('/') && !location.starts_with(&format!("{}/", self.origin)) {
                return Place::Elsewhere(location);
            }
            response = self.send("GET", &location, "");
        }
        panic!("redirects without end")
    }

    pub(crate) fn submit(&mut self, form: &Form, more: &[(&str, &str)]) -> Place {
        let pairs = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied());
        let response = self.send("POST", &form.action, &encode(pairs));
        self.follow(response)
    }

    /// The page of a provider where people are chosen.
    #[track_caller]
    pub(crate) fn chooser(&mut self, authorize: &str) -> Form {
        self.go(authorize).form()
    }

    /// Chooses a person, presses Continue if there is such a page, and comes back to the app: the parameters.
    #[track_caller]
    pub(crate) fn choose(&mut self, chooser: &Form, person: &str) -> BTreeMap<String, String> {
        let choice = if person == "cancel" { ("cancel", "1") } else { ("person", person) };
        match self.submit(chooser, &[choice]) {
            Place::Elsewhere(url) => parameters(&url),
            page => self.submit(&page.form(), &[]).parameters(),
        }
    }

    /// The whole way through a provider: the parameters that the app gets.
    #[track_caller]
    pub(crate) fn sign_in(&mut self, provider: &str, person: &str) -> BTreeMap<String, String> {
        let chooser = self.chooser(&authorize(WEB, &[("identity_provider", provider)]));
        self.choose(&chooser, person)
    }

    /// The tokens for a code.
    #[track_caller]
    pub(crate) fn tokens(&mut self, client: &str, code: &str) -> Value {
        let pairs = [
            ("grant_type", "authorization_code"),
            ("client_id", client),
            ("redirect_uri", APP),
            ("code", code),
            ("code_verifier", VERIFIER),
        ];
        let response = self.send("POST", "/oauth2/token", &encode(pairs));
        assert_eq!(response.status, 200, "{}", text(&response));
        serde_json::from_slice(&response.body).unwrap()
    }

    /// Signs in through a provider, down to the claims of the ID token.
    #[track_caller]
    pub(crate) fn id_claims(&mut self, provider: &str, person: &str) -> Value {
        let back = self.sign_in(provider, person);
        let code = back.get("code").unwrap_or_else(|| panic!("no code: {back:?}"));
        let tokens = self.tokens(WEB, code);
        crate::world::claims(&tokens["id_token"])
    }
}

impl Place {
    #[track_caller]
    pub(crate) fn page(self) -> String {
        match self {
            Self::Page(response) => text(&response),
            Self::Elsewhere(url) => panic!("the browser is at {url}"),
        }
    }

    /// The only form of the page.
    #[track_caller]
    pub(crate) fn form(self) -> Form {
        let html = self.page();
        let found = |pattern: &str, text: &str| -> Vec<Vec<String>> {
            let regex = Regex::new(pattern).unwrap();
            let all = regex
                .captures_iter(text)
                .map(|found| found.iter().skip(1).flatten().map(|m| unescape(m.as_str())).collect());
            all.collect()
        };
        let forms = found(r#"<form method="post" action="([^"]*)""#, &html);
        assert_eq!(forms.len(), 1, "{html}");
        let fields = found(r#"<input type="hidden" name="([^"]*)" value="([^"]*)">"#, &html);
        let fields = fields.into_iter().map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        Form { action: forms[0][0].clone(), fields }
    }

    /// The parameters that the app at [`APP`] gets.
    #[track_caller]
    pub(crate) fn parameters(self) -> BTreeMap<String, String> {
        match self {
            Self::Elsewhere(url) => {
                assert!(url.starts_with(APP), "{url}");
                parameters(&url)
            }
            Self::Page(response) => panic!("the browser stays at {}", text(&response)),
        }
    }
}

/// The address where an app begins a sign-in.
pub(crate) fn authorize(client: &str, more: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let pairs = [
        ("client_id", client),
        ("redirect_uri", APP),
        ("response_type", "code"),
        ("scope", "openid profile email aws.cognito.signin.user.admin"),
        ("state", STATE),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    format!("/oauth2/authorize?{}", encode(pairs.into_iter().chain(more.iter().copied())))
}

pub(crate) fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs = pairs.into_iter().map(|(name, value)| format!("{}={}", percent(name), percent(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The decoded query of an address.
pub(crate) fn parameters(url: &str) -> BTreeMap<String, String> {
    pairs(url.split_once('?').map_or("", |(_, query)| query))
}

/// The decoded pairs of a form or a query.
pub(crate) fn pairs(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decode(name), decode(value))).collect()
}

pub(crate) fn text(response: &HttpResponse) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}

/// Makes a provider in the built-in pool, and a client that takes only it: the client's id.
#[track_caller]
pub(crate) fn add_provider(world: &World, provider: Value) -> String {
    let name = provider["ProviderName"].clone();
    let mut body = provider;
    body["UserPoolId"] = json!(crate::world::POOL);
    world.ok("CreateIdentityProvider", body);
    client_of(world, json!([name]))
}

/// A client like the built-in one, with these providers.
#[track_caller]
pub(crate) fn client_of(world: &World, providers: Value) -> String {
    world.client(json!({
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"], "CallbackURLs": [APP],
        "AllowedOAuthScopes": ["openid", "profile", "email", "aws.cognito.signin.user.admin"], "SupportedIdentityProviders": providers,
    }))
}
