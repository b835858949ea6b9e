//! An OpenID Connect provider outside the emulator, which does what a test orders. It signs with ES256.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolpass_local::core::{
    Config, Delivery, Emulator, HttpResponse, ManualClock, Outbound, OutboundError, OutboundRequest, SEED,
};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::federation_browser::{Browser, Place, add_provider, authorize, pairs, parameters};
use crate::world::{START_MS, World};

pub(crate) const ISSUER: &str = "https://idp.example.com/tenant";
pub(crate) const CLIENT: &str = "the-pool";
pub(crate) const SECRET: &str = "it's a secret: 100%";

/// What the provider does, and what it was asked.
pub(crate) struct Orders {
    pub(crate) discovery: Value,
    /// Members that are put into the ID token's header and claims last; null takes one out.
    pub(crate) header: Value,
    pub(crate) claims: Value,
    pub(crate) user_info: Value,
    /// Replies in place of the right ones, by path.
    pub(crate) instead: BTreeMap<&'static str, Result<(u16, Value), OutboundError>>,
    /// Sign with a key that is not in the key set.
    pub(crate) foreign_key: bool,
    pub(crate) asked: Vec<OutboundRequest>,
    nonce: String,
    challenge: String,
}

#[derive(Clone)]
pub(crate) struct Idp(pub(crate) Arc<Mutex<Orders>>);

impl Idp {
    /// A provider that does everything right.
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Orders {
            discovery: json!({
                "issuer": ISSUER, "authorization_endpoint": "https://idp.example.com/auth?tenant=1",
                "token_endpoint": "https://idp.example.com/token", "userinfo_endpoint": "https://idp.example.com/me",
                "jwks_uri": "https://idp.example.com/jwks",
            }),
            header: json!({}),
            claims: json!({}),
            user_info: json!({ "sub": "user-1", "email": "u@example.com", "email_verified": true, "family_name": "Übel" }),
            instead: BTreeMap::new(),
            foreign_key: false,
            asked: Vec::new(),
            nonce: String::new(),
            challenge: String::new(),
        })))
    }

    /// An emulator whose identity pool takes this provider's tokens, and how to make one with other claims. Its key set is in the
    /// configuration or must be asked for.
    pub(crate) fn identity_world(configured: bool) -> (World, Self, impl Fn(Value) -> String) {
        let idp = Self::new();
        let arns = "OpenIdConnectProviderARNs = [";
        let own = format!("{arns}\"arn:aws:iam::000000000000:oidc-provider/idp.example.com/tenant\", ");
        let jwks = if configured { format!("Jwks = '{}'", json!({ "keys": [jwk("main")] })) } else { String::new() };
        let more = format!("\n[[OpenIdProvider]]\nUrl = \"{ISSUER}\"\nClientIDList = [\"{CLIENT}\"]\n{jwks}");
        let config = Config::from_toml(&(SEED.replacen(arns, &own, 1) + &more)).unwrap();
        let clock = ManualClock::new(START_MS);
        let emulator = Emulator::new(config, clock.clone(), Some(1)).with_outbound(idp.clone());
        let maker = idp.clone();
        let token = move |claims: Value| {
            let mut orders = maker.0.lock().unwrap();
            orders.claims = claims;
            orders.id_token()
        };
        (World { emulator, clock }, idp, token)
    }

    /// An emulator whose network is this provider, and a client of it.
    pub(crate) fn world() -> (World, Self, String) {
        let idp = Self::new();
        let clock = ManualClock::new(START_MS);
        let emulator = Emulator::new(Config::default(), clock.clone(), Some(1)).with_outbound(idp.clone());
        let world = World { emulator, clock };
        let client = add_provider(&world, Self::settings("Outside", ISSUER));
        (world, idp, client)
    }

    pub(crate) fn settings(name: &str, issuer: &str) -> Value {
        json!({
            "ProviderName": name, "ProviderType": "OIDC",
            "AttributeMapping": { "email": "email", "email_verified": "email_verified", "family_name": "family_name" },
            "ProviderDetails": {
                "client_id": CLIENT, "client_secret": SECRET, "attributes_request_method": "GET", "oidc_issuer": issuer,
                "authorize_scopes": "openid email",
            },
        })
    }

    pub(crate) fn order(&self, change: impl FnOnce(&mut Orders)) {
        change(&mut self.0.lock().unwrap());
    }

    /// What the provider was asked at a path, newest last.
    pub(crate) fn asked(&self, path: &str) -> Vec<OutboundRequest> {
        let orders = self.0.lock().unwrap();
        orders.asked.iter().filter(|request| request.url == format!("https://idp.example.com{path}")).cloned().collect()
    }

    /// Begins a sign-in: the parameters that the provider gets.
    #[track_caller]
    pub(crate) fn begin(
        &self,
        browser: &mut Browser<'_>,
        client: &str,
        more: &[(&str, &str)],
    ) -> BTreeMap<String, String> {
        let mut all = vec![("identity_provider", "Outside")];
        all.extend(more);
        let Place::Elsewhere(url) = browser.go(&authorize(client, &all)) else { panic!("a page") };
        assert!(url.starts_with("https://idp.example.com/auth?tenant=1&"), "{url}");
        let asked = parameters(&url);
        self.order(|orders| {
            orders.nonce = asked["nonce"].clone();
            orders.challenge = asked.get("code_challenge").cloned().unwrap_or_default();
        });
        asked
    }

    /// Comes back to the emulator: where that leads.
    pub(crate) fn back(browser: &mut Browser<'_>, answer: &[(&str, &str)]) -> Place {
        browser.go(&format!("/oauth2/idpresponse?{}", crate::federation_browser::encode(answer.iter().copied())))
    }

    /// A whole sign-in: what the app gets.
    #[track_caller]
    pub(crate) fn sign_in(&self, world: &World, client: &str) -> BTreeMap<String, String> {
        let mut browser = Browser::new(world);
        let state = self.begin(&mut browser, client, &[])["state"].clone();
        Self::back(&mut browser, &[("code", "the code"), ("state", &state)]).parameters()
    }

    /// A sign-in that must fail: error and description.
    #[track_caller]
    pub(crate) fn refused(&self, world: &World, client: &str) -> (String, String) {
        let back = self.sign_in(world, client);
        assert!(!back.contains_key("code"), "{back:?}");
        (back["error"].clone(), back["error_description"].clone())
    }
}

impl Outbound for Idp {
    fn fetch(&self, request: &OutboundRequest) -> Result<HttpResponse, OutboundError> {
        let mut orders = self.0.lock().unwrap();
        orders.asked.push(request.clone());
        let path = request.url.strip_prefix("https://idp.example.com").unwrap();
        let (status, body) = match orders.instead.get(path) {
            Some(instead) => instead.clone()?,
            None => (200, orders.reply(path, request)),
        };
        let body = body.as_str().map_or_else(|| body.to_string(), str::to_owned);
        Ok(HttpResponse { status, headers: Vec::new(), body: body.into(), delivery: Delivery::Whole })
    }
}

impl Orders {
    fn reply(&self, path: &str, request: &OutboundRequest) -> Value {
        match path {
            "/tenant/.well-known/openid-configuration" => self.discovery.clone(),
            "/jwks" => json!({ "keys": [jwk("main")] }),
            "/me" => self.user_info.clone(),
            "/token" => {
                let form = pairs(std::str::from_utf8(&request.body).unwrap());
                let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
                assert_eq!((challenge, form["code"].as_str()), (self.challenge.clone(), "the code"));
                json!({ "access_token": "the token", "token_type": "Bearer", "id_token": self.id_token() })
            }
            _ => panic!("nothing at {path}"),
        }
    }

    fn id_token(&self) -> String {
        let now = START_MS / 1000;
        let header = changed(json!({ "alg": "ES256", "kid": "main" }), &self.header);
        let claims =
            json!({ "iss": ISSUER, "aud": CLIENT, "sub": "user-1", "nonce": self.nonce, "iat": now, "exp": now + 60 });
        let claims = changed(claims, &self.claims);
        let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", encode(header), encode(claims));
        let key = key(if self.foreign_key { "foreign" } else { "main" });
        let signature = key.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn changed(mut value: Value, changes: &Value) -> Value {
    for (name, change) in changes.as_object().unwrap() {
        value[name] = change.clone();
    }
    value.as_object_mut().unwrap().retain(|_, member| !member.is_null());
    value
}

/// The key of that name, made once.
fn key(name: &'static str) -> Arc<EcdsaKeyPair> {
    static KEYS: Mutex<BTreeMap<&str, Arc<EcdsaKeyPair>>> = Mutex::new(BTreeMap::new());
    let random = SystemRandom::new();
    let make = || {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        Arc::new(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap())
    };
    KEYS.lock().unwrap().entry(name).or_insert_with(make).clone()
}

fn jwk(name: &'static str) -> Value {
    let key = key(name);
    let point = key.public_key().as_ref();
    let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
    json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": name, "x": x, "y": y })
}
