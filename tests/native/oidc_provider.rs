//! Signing in with another OpenID Connect provider directly: one that is made up here, with the vectors' key.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use poolpass::encode::{base64, form};
use poolpass::flow::redirect::{Provider, RedirectResult, RedirectSignIn, RedirectUser};
use poolpass::memory::World;
use poolpass::platform::{Request, Response};
use rsa::pkcs1v15::SigningKey;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::{BigUint, RsaPrivateKey};
use serde_json::{Value, json};

use crate::rsa_verify;
use crate::stage::{APP, Tab, block_on, enter};

const ISSUER: &str = "https://login.example.com/tenant";
const NOW: i64 = 1_767_225_600;

/// The provider: what it says of itself, what it puts into its tokens, and what it was asked.
struct Outside {
    world: World,
    document: Rc<RefCell<Value>>,
    claims: Rc<RefCell<Value>>,
    asked: Rc<RefCell<Vec<String>>>,
    with_id_token: Rc<Cell<bool>>,
}

impl Outside {
    fn new() -> Self {
        let document = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://login.example.com/auth?tenant=1",
            "token_endpoint": "https://login.example.com/token",
            "jwks_uri": "https://login.example.com/keys",
        });
        let claims = json!({ "iss": ISSUER, "sub": "u-1", "aud": "our-client", "iat": NOW, "exp": NOW + 3600 });
        let outside = Self {
            world: World::new(),
            document: Rc::new(RefCell::new(document)),
            claims: Rc::new(RefCell::new(claims)),
            asked: Rc::default(),
            with_id_token: Rc::new(Cell::new(true)),
        };
        let (document, claims, asked) =
            (Rc::clone(&outside.document), Rc::clone(&outside.claims), Rc::clone(&outside.asked));
        let with_id_token = Rc::clone(&outside.with_id_token);
        enter(&outside.world);
        outside.world.verify_with(rsa_verify::fits);
        outside.world.connect(move |request: &Request| {
            asked.borrow_mut().push([request.method, " ", &request.url].concat());
            let body = match request.url.as_str() {
                "https://login.example.com/tenant/.well-known/openid-configuration" => document.borrow().clone(),
                "https://login.example.com/keys" => json!({ "keys": [private_jwk()] }),
                "https://login.example.com/token" => {
                    let value = |name| form::value(request.body.expose_secret(), name).unwrap().expose_secret().clone();
                    assert_eq!((value("client_id"), value("code")), ("our-client".into(), "the code".into()));
                    let id_token = with_id_token.get().then(|| sign(&claims.borrow()));
                    json!({ "access_token": "opaque", "token_type": "bearer", "id_token": id_token })
                }
                other => panic!("{other}"),
            };
            Ok(Response { status: 200, headers: Vec::new(), body: body.to_string().into() })
        });
        outside
    }

    fn tab(&self) -> Tab {
        let config = json!({
            "identityPool": { "identityPoolId": "eu-west-1:01234567-89ab-cdef-0123-456789abcdef" },
            "oidcProviders": { "work": {
                "issuer": ISSUER, "clientId": "our-client", "scopes": ["email"], "redirectSignIn": [APP],
            } },
        });
        Tab::open(&config.to_string(), self.world.tab())
    }

    fn leave(&self, tab: &Tab) -> Result<(String, String), poolpass::Error> {
        let input = RedirectSignIn {
            provider: Some(Provider::Oidc("work".into())),
            page_url: "http://localhost:9401/here".into(),
            ..RedirectSignIn::default()
        };
        let started = block_on(tab.client.sign_in_with_redirect(&input))?;
        let url = started.url.expose_secret().clone();
        let nonce = form::value(url.split_once('?').unwrap().1, "nonce").unwrap();
        self.claims.borrow_mut()["nonce"] = json!(nonce.expose_secret());
        Ok((url, started.state))
    }

    fn arrive(&self, tab: &Tab, state: &str) -> RedirectResult {
        let url = format!("{APP}?code=the+code&state={state}&iss=https%3A%2F%2Flogin.example.com%2Ftenant");
        RedirectResult::clone(&block_on(tab.client.handle_redirect(&url)).unwrap())
    }
}

fn private_jwk() -> Value {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/jwt.json")).unwrap();
    vectors["throwaway_private_jwks"]["keys"][2].clone()
}

fn sign(claims: &Value) -> String {
    let jwk = private_jwk();
    let number = |name: &str| BigUint::from_bytes_be(&base64::decode(jwk[name].as_str().unwrap()).unwrap());
    let key = RsaPrivateKey::from_components(number("n"), number("e"), number("d"), vec![number("p"), number("q")]);
    let header = json!({ "alg": "RS256", "kid": jwk["kid"], "typ": "JWT" });
    let part = |json: &Value| base64::encode_url(json.to_string().as_bytes());
    let signed = [part(&header), part(claims)].join(".");
    let signature = SigningKey::<Sha256>::new(key.unwrap()).sign(signed.as_bytes());
    [signed, base64::encode_url(&signature.to_bytes())].join(".")
}

#[test]
fn a_direct_sign_in_returns_the_providers_id_token() {
    let outside = Outside::new();
    let tab = outside.tab();
    let (url, state) = outside.leave(&tab).unwrap();
    assert!(
        url.starts_with("https://login.example.com/auth?tenant=1&response_type=code&client_id=our-client&"),
        "{url}"
    );
    assert!(url.contains("&scope=openid%20email&") && url.contains("&code_challenge_method=S256"), "{url}");
    let page = tab.reloaded();
    let redirected = outside.arrive(&page, &state);
    let Ok(RedirectUser::External { provider, .. }) = &redirected.outcome else {
        panic!("{:?}", redirected.outcome.err())
    };
    assert_eq!((provider.as_str(), redirected.return_to.as_deref()), ("work", Some("/here")));
    let asked = outside.asked.take();
    assert_eq!(asked.len(), 3, "{asked:?}");
    // There is no session of a user pool, but its token, on every page, until it expires or the user signs out.
    assert_eq!(page.events(), ["signInWithRedirect"]);
    let token = |tab: &Tab| block_on(tab.client.provider_token("work")).unwrap();
    assert_eq!(token(&outside.tab()).unwrap().1.subject(), Some("u-1"));
    outside.world.advance_ms(3_600_000);
    assert!(token(&page).is_none() && outside.world.stored_keys().iter().all(|key| !key.contains("provider")));
    let (_, state) = outside.leave(&tab).unwrap();
    outside.arrive(&tab, &state).outcome.unwrap();
    assert!(token(&page).is_some());
    block_on(page.client.sign_out(&Default::default())).unwrap();
    assert!(token(&page).is_none());
}

#[test]
fn forged_provider_tokens_are_refused() {
    let cases = [
        ("iss", json!("https://login.example.com"), "wrong_issuer"),
        ("aud", json!("other"), "wrong_audience"),
        ("azp", json!("other"), "wrong_audience"),
        ("exp", json!(NOW - 3600), "token_expired"),
        ("nonce", json!("another"), "wrong_nonce"),
        ("sub", json!(""), "missing_claim"),
    ];
    for (claim, value, reason) in cases {
        let outside = Outside::new();
        let tab = outside.tab();
        let (_, state) = outside.leave(&tab).unwrap();
        outside.claims.borrow_mut()[claim] = value;
        let error = outside.arrive(&tab, &state).outcome.err().unwrap();
        assert_eq!(error.reason(), Some(reason), "{claim}");
        assert!(block_on(tab.client.provider_token("work")).unwrap().is_none());
    }
    let outside = Outside::new();
    let tab = outside.tab();
    let (_, state) = outside.leave(&tab).unwrap();
    outside.with_id_token.set(false);
    assert_eq!(outside.arrive(&tab, &state).outcome.err().unwrap().code(), "invalid_response");
}

#[test]
fn a_discovery_document_of_another_issuer_or_with_http_endpoints_is_refused() {
    let cases = [
        ("issuer", json!("https://login.example.com/other"), "token_invalid"),
        ("issuer", json!("https://login.example.com/tenant/"), "token_invalid"),
        ("token_endpoint", json!("http://login.example.com/token"), "invalid_response"),
        ("jwks_uri", Value::Null, "invalid_response"),
    ];
    for (member, value, code) in cases {
        let outside = Outside::new();
        outside.document.borrow_mut()[member] = value;
        assert_eq!(outside.leave(&outside.tab()).unwrap_err().code(), code, "{member}");
        assert!(outside.world.stored_keys().is_empty());
    }
}
