//! Mix-up (RFC 9700 section 4.4): one server's code is never sent to another's token endpoint. `evil` is a provider that
//! sends the browser on to an honest server with the app's own `state`, and waits for the code.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use poolpass::Error;
use poolpass::flow::redirect::{Provider, RedirectSignIn};
use poolpass::memory::World;
use poolpass::platform::{Request, Response};
use serde_json::{Value, json};

use crate::stage::{Tab, block_on, enter};

const CALLBACK: &str = "https://app.example.com/callback";
const OF_ITS_OWN: &str = "https://app.example.com/evil";
const EVIL: &str = "https://evil.example";
const POOL: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";

/// A browser in front of `evil` and another provider, and the requests that they were sent.
struct Internet {
    world: World,
    names_issuer: Rc<Cell<bool>>,
    asked: Rc<RefCell<Vec<String>>>,
}

impl Internet {
    fn new(names_issuer: bool) -> Self {
        let internet =
            Self { world: World::new(), names_issuer: Rc::new(Cell::new(names_issuer)), asked: Rc::default() };
        enter(&internet.world);
        let (names_issuer, asked) = (Rc::clone(&internet.names_issuer), Rc::clone(&internet.asked));
        internet.world.connect(move |request: &Request| {
            asked.borrow_mut().push(request.url.clone());
            let (status, body) = match request.url.strip_suffix("/.well-known/openid-configuration") {
                Some(issuer) => (200, discovery(issuer, names_issuer.get())),
                None => (400, json!({ "error": "invalid_grant" })),
            };
            Ok(Response { status, headers: Vec::new(), body: body.to_string().into() })
        });
        internet
    }

    /// An app with a user pool at `CALLBACK` and `evil` at this callback URL, in the same client.
    fn app(&self, callback: &str) -> Tab {
        Tab::open(
            &json!({ "userPool": pool(CALLBACK), "oidcProviders": { "evil": provider(EVIL, callback) } }).to_string(),
            self.world.tab(),
        )
    }

    /// The URLs asked since the last look, but for discovery and the keys, which carry no secret.
    fn exchanges(&self) -> Vec<String> {
        self.asked.take().into_iter().filter(|url| !url.contains("/.well-known/") && !url.ends_with("/keys")).collect()
    }
}

fn discovery(issuer: &str, names_issuer: bool) -> Value {
    let at = |path: &str| [issuer, path].concat();
    json!({
        "issuer": issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "authorization_response_iss_parameter_supported": names_issuer,
    })
}

fn pool(callback: &str) -> Value {
    json!({
        "userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "abc",
        "oauth": { "domain": "auth.example.com", "redirectSignIn": [callback] },
    })
}

fn provider(issuer: &str, callback: &str) -> Value {
    json!({ "issuer": issuer, "clientId": "spa", "redirectSignIn": [callback] })
}

/// Leaves for one of the servers, to come back to this URL.
fn leave(tab: &Tab, provider: Option<&str>, callback: &str) -> Result<String, Error> {
    let input = RedirectSignIn {
        provider: provider.map(|name| Provider::Oidc(name.into())),
        redirect_uri: Some(callback.into()),
        page_url: callback.into(),
        ..RedirectSignIn::default()
    };
    block_on(tab.client.sign_in_with_redirect(&input)).map(|started| started.state)
}

fn refusal(tab: &Tab, url: &str) -> Option<&'static str> {
    block_on(tab.client.handle_redirect(url)).expect("ours").outcome.as_ref().err().expect("refused").reason()
}

#[test]
fn a_callback_url_of_two_servers_is_refused_before_the_page_is_left() {
    let spellings = [
        CALLBACK,
        "https://app.example.com/callback/",
        "https://app.example.com/callback?of=evil",
        "https://APP.example.com:443/callback",
    ];
    for spelling in spellings {
        let internet = Internet::new(false);
        let error = leave(&internet.app(spelling), Some("evil"), spelling).expect_err(spelling);
        assert_eq!(error.code(), "bad_config", "{spelling}");
        assert!(
            error.message().starts_with("Configuration: oidcProviders.evil.redirectSignIn "),
            "{}",
            error.message()
        );
        assert!(internet.world.stored_keys().is_empty());
    }
    // Likewise of two providers.
    let internet = Internet::new(false);
    let providers = json!({ "evil": provider(EVIL, CALLBACK), "honest": provider("https://honest.example", CALLBACK) });
    let identity_pool = json!({ "identityPoolId": "eu-west-1:01234567-89ab-cdef-0123-456789abcdef" });
    let config = json!({ "identityPool": identity_pool, "oidcProviders": providers }).to_string();
    assert_eq!(
        leave(&Tab::open(&config, internet.world.tab()), Some("evil"), CALLBACK).unwrap_err().code(),
        "bad_config"
    );
    // Two clients of one server are no two servers.
    let providers = json!({ "staff": provider(EVIL, CALLBACK), "guests": provider(EVIL, CALLBACK) });
    let config = json!({ "identityPool": identity_pool, "oidcProviders": providers }).to_string();
    leave(&Tab::open(&config, internet.world.tab()), Some("staff"), CALLBACK).unwrap();
}

#[test]
fn callback_urls_of_other_clients_on_the_page_are_considered() {
    let internet = Internet::new(false);
    let of_the_pool = Tab::open(&json!({ "userPool": pool(CALLBACK) }).to_string(), internet.world.tab());
    let identity_pool = json!({ "identityPoolId": "eu-west-1:01234567-89ab-cdef-0123-456789abcdef" });
    let config = json!({ "identityPool": identity_pool, "oidcProviders": { "evil": provider(EVIL, CALLBACK) } });
    let outside = Tab::open(&config.to_string(), internet.world.tab());
    assert_eq!(leave(&outside, Some("evil"), CALLBACK).unwrap_err().code(), "bad_config");
    drop(of_the_pool);
    leave(&outside, Some("evil"), CALLBACK).unwrap();
}

#[test]
fn a_provider_that_announces_iss_must_send_it_in_every_answer() {
    let internet = Internet::new(true);
    let tab = internet.app(CALLBACK);
    let answers = ["code=of-the-pool", "code=of-the-pool&iss=", "error=access_denied"].map(String::from);
    let of_another = ["code=c", "error=e"].map(|answer| format!("{answer}&iss={POOL}"));
    for answer in answers.iter().chain(&of_another) {
        let state = leave(&tab, Some("evil"), CALLBACK).unwrap();
        assert_eq!(refusal(&tab, &format!("{CALLBACK}?{answer}&state={state}")), Some("wrong_issuer"), "{answer}");
        assert!(internet.exchanges().is_empty(), "{answer}");
    }
    // Its own answer is exchanged, with it alone.
    let state = leave(&tab, Some("evil"), CALLBACK).unwrap();
    assert_eq!(refusal(&tab, &format!("{CALLBACK}?code=c&iss={EVIL}&state={state}")), Some("invalid_grant"));
    assert_eq!(internet.exchanges(), ["https://evil.example/token"]);
    // The other way round its name is not the pool's.
    let state = leave(&tab, None, CALLBACK).unwrap();
    assert_eq!(refusal(&tab, &format!("{CALLBACK}?code=c&iss={EVIL}&state={state}")), Some("wrong_issuer"));
    assert!(internet.exchanges().is_empty());
}

#[test]
fn a_response_at_another_servers_callback_url_is_refused() {
    let internet = Internet::new(false);
    let tab = internet.app(OF_ITS_OWN);
    for answer in ["code=of-the-pool", "error=access_denied"] {
        let state = leave(&tab, Some("evil"), OF_ITS_OWN).unwrap();
        assert_eq!(
            refusal(&tab, &format!("{CALLBACK}?{answer}&state={state}")),
            Some("flow_other_callback"),
            "{answer}"
        );
        assert!(internet.exchanges().is_empty());
    }
    let state = leave(&tab, Some("evil"), OF_ITS_OWN).unwrap();
    assert_eq!(refusal(&tab, &format!("{OF_ITS_OWN}/?code=c&state={state}#x")), Some("invalid_grant"));
    assert_eq!(internet.exchanges(), ["https://evil.example/token"]);
    let state = leave(&tab, None, CALLBACK).unwrap();
    assert_eq!(refusal(&tab, &format!("{OF_ITS_OWN}?code=c&state={state}")), Some("flow_other_callback"));
    assert!(internet.exchanges().is_empty());
    let state = leave(&tab, None, CALLBACK).unwrap();
    assert_eq!(refusal(&tab, &format!("{CALLBACK}?code=c&state={state}")), Some("invalid_grant"));
    assert_eq!(internet.exchanges(), ["https://auth.example.com/oauth2/token"]);
}
