//! The kit on the in-memory platform, in front of the emulator's core, on one clock.

use std::cell::RefCell;
use std::rc::Rc;

use poolpass::error::NetworkFailure;
use poolpass::flow::redirect::SignOut;
use poolpass::flow::sign_in::SignIn;
use poolpass::idp::operations;
use poolpass::json::Value;
use poolpass::memory::{MemoryPlatform, World};
use poolpass::platform::{Request, Response, SendFailure};
use poolpass::{Client, Config};
use poolpass_local::core::{Config as Pools, Delivery, Emulator, HttpRequest, HttpResponse, ManualClock};

use crate::rsa_verify;

pub(crate) const WEB: &str = "poolpasslocalwebclient0001";
pub(crate) const ROTATING: &str = "poolpasslocalrotation00001";
/// The app's page, a callback and sign-out URL of the clients.
pub(crate) const APP: &str = "http://localhost:9401/";
pub(crate) const HOUR_MS: i64 = 3_600_000;

thread_local! {
    /// The world that the test is in.
    static WORLD: RefCell<World> = RefCell::new(World::new());
}

/// Makes a world the one that [`block_on`] runs in.
pub(crate) fn enter(world: &World) {
    WORLD.set(world.clone());
}

/// Runs a future in the world of the test, with all that the kit does in the background.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let world = WORLD.with_borrow(World::clone);
    world.run(future)
}

/// One browser in front of one emulator.
pub(crate) struct Stage {
    pub(crate) world: World,
    emulator: Rc<Emulator>,
    clock: ManualClock,
    sent: Rc<RefCell<Vec<String>>>,
    before_next: Rc<RefCell<Option<Act>>>,
    client_id: String,
}

type Act = Box<dyn FnOnce()>;

/// One tab and the kit in it.
pub(crate) struct Tab {
    pub(crate) client: Client<MemoryPlatform>,
    pub(crate) platform: MemoryPlatform,
}

impl Stage {
    pub(crate) fn new(client_id: &str) -> Self {
        let world = World::new();
        enter(&world);
        world.verify_with(rsa_verify::fits);
        let clock = ManualClock::new(world.now_ms() as u64);
        let emulator = Rc::new(Emulator::new(Pools::default(), clock.clone(), Some(1)));
        let stage = Self {
            world,
            emulator,
            clock,
            sent: Rc::default(),
            before_next: Rc::default(),
            client_id: client_id.to_owned(),
        };
        stage.connect();
        stage
    }

    /// Puts the emulator behind the world's network.
    pub(crate) fn connect(&self) {
        let (world, emulator) = (self.world.clone(), Rc::clone(&self.emulator));
        let (clock, sent, before_next) = (self.clock.clone(), Rc::clone(&self.sent), Rc::clone(&self.before_next));
        self.world.connect(move |request| {
            if let Some(act) = before_next.take() {
                act();
            }
            clock.set(world.now_ms() as u64);
            sent.borrow_mut().push(operation(request));
            exchange(&emulator, request)
        });
    }

    /// The same stage for another app client.
    pub(crate) fn with_client(mut self, client_id: &str) -> Self {
        self.client_id = client_id.to_owned();
        self
    }

    /// Does something while the next request is under way, before the emulator sees it.
    pub(crate) fn on_next_request(&self, act: impl FnOnce() + 'static) {
        self.before_next.replace(Some(Box::new(act)));
    }

    /// A tab with a client of the stage's app client.
    pub(crate) fn tab(&self) -> Tab {
        let config = format!(
            r#"{{"userPool": {{"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "{}", "oauth": {{
                "domain": "poolpass-local.auth.eu-west-1.amazoncognito.com", "scopes": ["openid", "email", "notes/read"],
                "redirectSignIn": ["{APP}"], "redirectSignOut": ["{APP}"]}}}},
                "endpoint": "http://localhost:9400"}}"#,
            self.client_id
        );
        Tab::open(&config, self.world.tab())
    }

    /// What a page sends the emulator: a method, an address with its path, headers, a body.
    pub(crate) fn request(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> HttpResponse {
        self.clock.set(self.world.now_ms() as u64);
        let mut headers: Vec<(String, String)> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        headers.push(("host".into(), "localhost:9400".into()));
        self.emulator.handle(HttpRequest { method: method.into(), target: target.into(), headers, body: body.into() })
    }

    /// A tab where alice has signed in.
    pub(crate) fn signed_in_tab(&self) -> Tab {
        let tab = self.tab();
        block_on(tab.client.sign_in(&alice())).unwrap();
        tab.platform.take_messages();
        self.sent();
        tab
    }

    /// The operations that were sent since the last look.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.sent.take()
    }

    /// The code of the newest message to a user.
    pub(crate) fn code(&self, user: &str) -> String {
        let inbox = self.control("GET", &["inbox?to=", user].concat(), "");
        inbox["messages"][0]["code"].as_str().unwrap().to_owned()
    }

    /// Calls the emulator's control API, and gives its answer.
    pub(crate) fn control(&self, method: &str, path: &str, body: &str) -> serde_json::Value {
        let headers =
            vec![("host".into(), "localhost:9400".into()), ("content-type".into(), "application/json".into())];
        let target = ["/_poolpass/", path].concat();
        let answer = self.emulator.handle(HttpRequest { method: method.into(), target, headers, body: body.into() });
        assert!(answer.status < 300, "{method} {path}: {}", String::from_utf8_lossy(&answer.body));
        serde_json::from_slice(&answer.body).unwrap_or_default()
    }

    /// Orders a fault for the next so many calls of an operation.
    pub(crate) fn fault(&self, operation: &str, kind: &str, more: &str) {
        self.control(
            "POST",
            "faults",
            &format!(r#"{{"operation": "{operation}", "kind": "{kind}", "times": 1{more}}}"#),
        );
    }

    /// Calls an administrator's operation.
    pub(crate) fn administer(&self, operation: &str, body: &str) -> serde_json::Value {
        let signature = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/cognito-idp/aws4_request, \
            SignedHeaders=host, Signature=0000000000000000000000000000000000000000000000000000000000000000";
        let headers = vec![
            ("host".into(), "localhost:9400".into()),
            ("content-type".into(), "application/x-amz-json-1.1".into()),
            ("x-amz-target".into(), format!("AWSCognitoIdentityProviderService.{operation}")),
            ("authorization".into(), signature.into()),
        ];
        let request = HttpRequest { method: "POST".into(), target: "/".into(), headers, body: body.into() };
        let answer = self.emulator.handle(request);
        assert_eq!(answer.status, 200, "{operation}: {}", String::from_utf8_lossy(&answer.body));
        serde_json::from_slice(&answer.body).unwrap_or_default()
    }

    /// The stored record's text, if the current session has one.
    pub(crate) fn stored(&self) -> Option<String> {
        self.world.stored(&self.storage_key())
    }

    /// The key of the current session's record.
    pub(crate) fn storage_key(&self) -> String {
        let key = format!("poolpass.v1.{}.", self.client_id);
        let current = self.world.stored(&(key.clone() + "current"));
        let current: Option<serde_json::Value> = current.map(|text| serde_json::from_str(&text).unwrap());
        match current.as_ref().and_then(|json| json["id"].as_str()) {
            Some(id) => format!("{key}session.{id}"),
            None => key + "session",
        }
    }

    /// Where a record goes that can't be read.
    pub(crate) fn corrupt_key(&self) -> String {
        format!("poolpass.v1.{}.session.corrupt", self.client_id)
    }
}

impl Tab {
    /// The kit with this configuration.
    pub(crate) fn open(config: &str, platform: MemoryPlatform) -> Self {
        let config = Config::read(&Value::parse(config).unwrap()).unwrap();
        Self { client: Client::new(config, platform.clone()), platform }
    }

    /// Calls a method of the table, with input and output in JSON.
    pub(crate) fn call(&self, method: &str, input: &serde_json::Value) -> Result<serde_json::Value, poolpass::Error> {
        let row = operations::find(method).unwrap_or_else(|| panic!("no operation {method}"));
        let input = Value::parse(&input.to_string()).unwrap();
        let output = block_on(self.client.perform(row, &input))?;
        Ok(serde_json::from_str(output.to_json().expose_secret()).unwrap())
    }

    /// The tab after a reload.
    pub(crate) fn reloaded(&self) -> Self {
        let platform = self.platform.reloaded();
        Self { client: Client::new(self.client.config().clone(), platform.clone()), platform }
    }

    /// The names of the events told to this tab, with a `*` where another tab caused it.
    pub(crate) fn events(&self) -> Vec<String> {
        let name =
            |message: poolpass::memory::Message| [message.event.name(), if message.remote { "*" } else { "" }].concat();
        self.platform.take_messages().into_iter().map(name).collect()
    }

    /// The access token after `fetchAuthSession`, if somebody is signed in.
    pub(crate) async fn access_token(&self, force: bool) -> Result<Option<String>, poolpass::Error> {
        let record = self.client.fetch_auth_session(force).await?;
        Ok(record.map(|record| record.access_token().expose_secret().clone()))
    }
}

pub(crate) fn alice() -> SignIn {
    SignIn { username: "alice".into(), password: "Correct-Horse7!".into(), ..SignIn::default() }
}

/// A sign-out of all devices.
pub(crate) fn everywhere() -> SignOut {
    SignOut { global: true, ..SignOut::default() }
}

/// The operation of the JSON service, or the path.
fn operation(request: &Request) -> String {
    match request.headers.iter().find(|(name, _)| *name == "x-amz-target") {
        Some((_, target)) => target.rsplit('.').next().unwrap().to_owned(),
        None => path(request).to_owned(),
    }
}

fn path(request: &Request) -> &str {
    request.url.strip_prefix("http://localhost:9400").unwrap()
}

fn exchange(emulator: &Emulator, request: &Request) -> Result<Response, SendFailure> {
    let mut headers: Vec<(String, String)> =
        request.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    headers.push(("host".into(), "localhost:9400".into()));
    let mut answer = emulator.handle(HttpRequest {
        method: request.method.into(),
        target: path(request).into(),
        headers,
        body: request.body.expose_secret().clone().into_bytes(),
    });
    match answer.delivery {
        Delivery::Whole | Delivery::Late(_) => {}
        // A browser that gets less than Content-Length announces fails the body.
        Delivery::Drop | Delivery::Truncate(_) => return Err(SendFailure::Network(NetworkFailure::Unreachable)),
    }
    let headers = Response::HEADERS
        .iter()
        .filter_map(|&name| {
            let (_, value) = answer.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name))?;
            Some((name, value.clone()))
        })
        .collect();
    let body = String::from_utf8_lossy(&std::mem::take(&mut answer.body)).into_owned();
    Ok(Response { status: answer.status, headers, body: body.into() })
}
