//! Running a schedule.

use std::cell::RefCell;
use std::rc::Rc;

use poolpass::error::NetworkFailure;
use poolpass::flow::redirect::SignOut;
use poolpass::flow::sign_in::{AuthFlow, SignIn};
use poolpass::json::Value as Json;
use poolpass::memory::{Access, MemoryPlatform, StorageFault, World};
use poolpass::platform::{Platform, Request, Response, SendFailure};
use poolpass::session::CredentialsOptions;
use poolpass::{Client, Config, Error};

use crate::book::{Book, Outcome};
use crate::cognito::{CLIENT, Cognito, Effect, LIFE_MS, POOL, family_of};
use crate::plan::{Action, Faults, Plan, Step, USERS};
use crate::random::Random;

/// The result of a schedule.
pub(crate) struct Report {
    pub(crate) violations: Vec<String>,
    pub(crate) trace: Vec<String>,
}

struct Tab {
    client: Client<MemoryPlatform>,
    platform: MemoryPlatform,
}

/// All parts of a running schedule.
struct Stage {
    plan: Plan,
    world: World,
    book: Rc<RefCell<Book>>,
    cognito: Rc<RefCell<Cognito>>,
    tabs: RefCell<Vec<Tab>>,
}

pub(crate) fn run(plan: Plan, traces: bool) -> Report {
    let world = World::new();
    let book = Rc::new(RefCell::new(Book::new(
        plan.lag_ms.into(),
        plan.faults != Faults::None,
        plan.operation_ms == 0,
        traces,
    )));
    let cognito = Rc::new(RefCell::new(Cognito::new(plan.rules)));
    let stage = Rc::new(Stage { plan, world, book, cognito, tabs: RefCell::default() });
    stage.set_up();
    let driver = Rc::clone(&stage);
    stage.world.run(async move {
        for step in driver.plan.steps.clone() {
            driver.world.sleep_ms(step.pause_ms).await;
            driver.act(&step);
        }
    });
    stage.come_to_rest();
    let mut book = stage.book.borrow_mut();
    Report { violations: std::mem::take(&mut book.violations), trace: book.trace.take().unwrap_or_default() }
}

impl Stage {
    fn set_up(self: &Rc<Self>) {
        let plan = &self.plan;
        self.world.set_locks(plan.has_locks);
        self.world.set_storage_lag_ms(plan.lag_ms);
        self.world.set_storage_operation_ms(plan.operation_ms);
        let mut random = Random::new(plan.seed ^ 1);
        self.world.choose_tasks_with(move |count| random.below(count as u64) as usize);
        if plan.faults == Faults::Passing {
            let mut random = Random::new(plan.seed ^ 2);
            self.world.fail_storage_when(move |_, access, _| access != Access::Remove && random.chance(4));
        }
        self.connect();
        for _ in 0..plan.tabs {
            let tab = self.open();
            self.tabs.borrow_mut().push(tab);
        }
    }

    /// Connects Cognito through a network that is slow and loses messages.
    fn connect(self: &Rc<Self>) {
        let longest_ms = self.plan.latency_ms;
        let ways = Rc::new(RefCell::new(Random::new(self.plan.seed ^ 3)));
        let back_ms = Rc::new(RefCell::new(0));
        let (latency_back, random) = (Rc::clone(&back_ms), Rc::clone(&ways));
        self.world.set_latency(move |request| {
            let longest_ms = if is_refresh(request) { longest_ms } else { longest_ms.min(100) };
            let mut random = random.borrow_mut();
            let (there, back) = (random.below(longest_ms + 1) as u32, random.below(longest_ms + 1) as u32);
            latency_back.replace(back);
            (there, back)
        });
        let stage = Rc::downgrade(self);
        let loss = self.plan.loss;
        self.world.connect(move |request| {
            let stage = stage.upgrade().unwrap();
            let (lost_before, lost_after) = {
                let mut random = ways.borrow_mut();
                (random.chance(loss), random.chance(loss))
            };
            if lost_before {
                return Err(SendFailure::Network(NetworkFailure::Unreachable));
            }
            let response = stage.exchange(request, lost_after);
            if lost_after { Err(SendFailure::Network(NetworkFailure::Unreachable)) } else { Ok(response) }
        });
    }

    fn exchange(&self, request: &Request, is_lost: bool) -> Response {
        let now_ms = self.world.now_ms();
        let tab = self.world.running_tab().unwrap_or_default();
        let (response, effect) = self.cognito.borrow_mut().answer(request, now_ms);
        let mut book = self.book.borrow_mut();
        book.note(now_ms, || {
            let target =
                request.headers.iter().find(|(name, _)| *name == "x-amz-target").map_or("", |(_, value)| value);
            let lost = if is_lost { ", and the answer is lost" } else { "" };
            format!(
                "    tab {tab} → {} {}{lost} {effect:?}",
                target.rsplit('.').next().unwrap_or_default(),
                response.status
            )
        });
        match effect {
            Effect::Rotated { family, token } => {
                // The response arrives, is stored, and the other tabs see it; with time for an asynchronous storage.
                let until_ms = now_ms + self.plan.latency_ms as i64 + i64::from(self.plan.lag_ms) + 500;
                book.spend(&token, family, tab, until_ms, is_lost || 2 * self.plan.latency_ms >= 15_000);
            }
            Effect::Again { family, token } | Effect::Reused { family, token } => {
                book.sent_again(now_ms, &token, family, tab);
            }
            Effect::Other => {}
        }
        response
    }

    fn open(&self) -> Tab {
        let config = format!(
            r#"{{"userPool": {{"userPoolId": "{POOL}", "userPoolClientId": "{CLIENT}"}}, "identityPool": {{
                "identityPoolId": "eu-west-1:00000000-0000-4000-8000-000000000001", "allowGuestAccess": true}}}}"#
        );
        let platform = self.world.tab();
        let config = Config::read(&Json::parse(&config).unwrap()).unwrap();
        Tab { client: Client::new(config, platform.clone()), platform }
    }

    fn act(self: &Rc<Self>, step: &Step) {
        let now_ms = self.world.now_ms();
        let (client, platform) = {
            let tabs = self.tabs.borrow();
            (tabs[step.tab].client.clone(), tabs[step.tab].platform.clone())
        };
        let tab = platform.number();
        let fetch = |name: &str, force: bool| {
            let (stage, client) = (Rc::clone(self), client.clone());
            let call = self.book.borrow_mut().start(now_ms, tab, name.to_owned());
            platform.spawn(async move {
                let outcome = match client.fetch_auth_session(force).await {
                    Ok(Some(record)) => of(record.access_token().expose_secret()),
                    Ok(None) => Outcome::Nobody,
                    Err(error) => failed(&error),
                };
                stage.finish(call, &outcome);
            });
        };
        match step.action {
            Action::Fetch => fetch("fetch", false),
            Action::ForceRefresh => fetch("refresh", true),
            Action::CurrentUser => {
                let stage = Rc::clone(self);
                let call = self.book.borrow_mut().start(now_ms, tab, "current user".to_owned());
                platform.spawn(async move {
                    let outcome = match client.current_session().await {
                        Ok(record) => of(record.access_token().expose_secret()),
                        Err(error) => failed(&error),
                    };
                    stage.finish(call, &outcome);
                });
            }
            Action::Credentials => {
                let stage = Rc::clone(self);
                let call = self.book.borrow_mut().start(now_ms, tab, "credentials".to_owned());
                platform.spawn(async move {
                    let outcome = match client.aws_session(&CredentialsOptions::default()).await {
                        Ok(session) => of_key(session.credentials.secret_access_key.expose_secret()),
                        Err(error) => failed(&error),
                    };
                    stage.finish(call, &outcome);
                });
            }
            Action::SignIn { user } => {
                let stage = Rc::clone(self);
                let call = self.book.borrow_mut().start(now_ms, tab, format!("sign-in of {}", USERS[user]));
                let change = self.book.borrow_mut().change();
                platform.spawn(async move {
                    let input = SignIn {
                        username: USERS[user].to_owned(),
                        password: "p".into(),
                        flow: AuthFlow::UserPasswordAuth,
                        ..SignIn::default()
                    };
                    let result = client.sign_in(&input).await;
                    // Without an await in between, so that no other sign-in can happen.
                    let family = match &result {
                        Ok(_) => stage.newest_of(USERS[user]),
                        Err(_) => None,
                    };
                    let now_ms = stage.world.now_ms();
                    let mut book = stage.book.borrow_mut();
                    book.note(now_ms, || format!("tab {tab}: it is sign-in {family:?}"));
                    book.finish(now_ms, call, &Outcome::Unknown(format!("sign-in {family:?}")));
                    book.signed_in(now_ms, tab, change, family);
                });
            }
            Action::SignOut | Action::SignOutEverywhere => {
                let global = matches!(step.action, Action::SignOutEverywhere);
                let stage = Rc::clone(self);
                let call = self.book.borrow_mut().start(now_ms, tab, "sign-out".to_owned());
                let change = self.book.borrow_mut().change();
                platform.spawn(async move {
                    let found = client.current_session().await.ok();
                    let family = found.and_then(|record| family_of(record.access_token().expose_secret()));
                    let result = client.sign_out(&SignOut { global, ..SignOut::default() }).await;
                    let now_ms = stage.world.now_ms();
                    let mut book = stage.book.borrow_mut();
                    match result {
                        Ok(_) => book.signed_out(now_ms, call, &change, family, !global),
                        Err(_) => book.failed_sign_out(now_ms, call),
                    }
                });
            }
            Action::Crash => {
                platform.crash();
                let keys = self.world.stored_keys();
                let stored: Vec<String> = keys.iter().filter_map(|key| self.world.stored(key)).collect();
                self.book.borrow_mut().crash(now_ms, tab, &stored);
                self.tabs.borrow_mut()[step.tab] = self.open();
            }
            Action::Freeze => {
                platform.freeze();
                self.book.borrow_mut().freeze(now_ms, tab);
            }
            Action::Thaw => {
                self.tabs.borrow().iter().for_each(|tab| tab.platform.thaw());
                self.book.borrow_mut().thaw();
            }
            Action::ClearStorage => {
                for key in self.world.stored_keys() {
                    self.world.delete(&key);
                }
                let mut book = self.book.borrow_mut();
                book.note(now_ms, || "the storage is cleared".to_owned());
                book.forget_live();
            }
            Action::Expire => {
                // The clock decides about a lease, and it jumps only on a device that sleeps.
                if self.plan.has_locks || !self.book.borrow().has_calls() {
                    self.world.advance_ms(LIFE_MS);
                    let mut book = self.book.borrow_mut();
                    book.jump(LIFE_MS);
                    book.note(now_ms, || "an hour passes".to_owned());
                }
            }
            Action::SetClock { error_ms } => platform.set_clock_error_ms(error_ms),
            Action::RevokeElsewhere { user } => {
                self.cognito.borrow_mut().revoke_user(USERS[user]);
                let mut book = self.book.borrow_mut();
                book.note(now_ms, || format!("{} signs out on another device", USERS[user]));
                book.forget_live();
            }
        }
        if self.plan.faults == Faults::Lasting {
            self.break_or_mend();
        }
    }

    /// Sometimes breaks the storage for a while.
    fn break_or_mend(&self) {
        let mut random = Random::new(self.plan.seed ^ self.world.now_ms() as u64);
        if random.chance(20) {
            let faults =
                [None, None, Some(StorageFault::WritesFail), Some(StorageFault::ReadsFail), Some(StorageFault::Fails)];
            self.world.set_storage_fault(random.pick(&faults));
        }
    }

    fn finish(&self, call: u64, outcome: &Outcome) {
        self.book.borrow_mut().finish(self.world.now_ms(), call, outcome);
    }

    fn newest_of(&self, user: &str) -> Option<usize> {
        let cognito = self.cognito.borrow();
        (0..cognito.families()).rev().find(|family| cognito.user(*family) == user)
    }

    fn come_to_rest(self: &Rc<Self>) {
        self.tabs.borrow().iter().for_each(|tab| tab.platform.thaw());
        self.world.set_storage_fault(None);
        self.world.fail_storage_when(|_, _, _| false);
        self.world.settle();
        let now_ms = self.world.now_ms();
        self.book.borrow_mut().at_rest(now_ms, &self.world.locks());
        for key in self.world.stored_keys() {
            let text = self.world.stored(&key).unwrap_or_default();
            if let Some(family) = family_in(&text) {
                self.book.borrow_mut().stored(now_ms, &key, family);
            }
        }
        self.look_for_the_live_session();
    }

    /// Checks that every tab, and a new one, find the expected session.
    fn look_for_the_live_session(self: &Rc<Self>) {
        let Some((family, home)) = self.book.borrow().expected() else { return };
        if self.cognito.borrow().is_revoked(family) {
            return;
        }
        let fails = self.book.borrow().storage_fails;
        let mut tabs = self.tabs.borrow_mut();
        let new = self.open();
        tabs.push(new);
        for tab in tabs.iter().filter(|tab| !fails || tab.platform.number() == home) {
            tab.platform.set_clock_error_ms(0);
            let mut found = Outcome::Nobody;
            for _ in 0..10 {
                found = match self.world.run(tab.client.fetch_auth_session(false)) {
                    Ok(Some(record)) => of(record.access_token().expose_secret()),
                    Ok(None) => Outcome::Nobody,
                    Err(error) => failed(&error),
                };
                if !matches!(found, Outcome::Unknown(_)) {
                    break;
                }
            }
            let mut book = self.book.borrow_mut();
            if found != Outcome::Of(family) && !book.is_doubtful(family) {
                let number = tab.platform.number();
                let text = format!("I2: in the end tab {number} found {found:?}, not sign-in {family}");
                book.lost(self.world.now_ms(), text);
            }
        }
    }
}

fn is_refresh(request: &Request) -> bool {
    request.headers.iter().any(|(_, value)| value.ends_with("GetTokensFromRefreshToken"))
}

fn of(token: &str) -> Outcome {
    family_of(token).map_or(Outcome::Nobody, Outcome::Of)
}

fn of_key(secret: &str) -> Outcome {
    secret.split('-').nth(1).and_then(|text| text.parse().ok()).map_or(Outcome::Nobody, Outcome::Of)
}

fn failed(error: &Error) -> Outcome {
    match error.code() {
        "signed_out" | "no_credentials" => Outcome::Nobody,
        "service" if error.service().is_some_and(|service| service.ends_session()) => Outcome::Nobody,
        code => Outcome::Unknown(code.to_owned()),
    }
}

/// The sign-in that a stored text belongs to.
fn family_in(text: &str) -> Option<usize> {
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let token = json["accessToken"].as_str().and_then(family_of);
    token.or_else(|| json["secretAccessKey"].as_str()?.split('-').nth(1)?.parse().ok())
}
