//! The contract of platforms on the in-memory platform.

#[path = "../shared/platform_contract/mod.rs"]
mod cases;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use cases::{Access, Bench, Habit, Heard, Part, Server, for_each_case};
use poolpass::error::{Ceremony, NetworkFailure, PasskeyFault};
use poolpass::json::{Value, Writer};
use poolpass::memory::{self, MemoryPlatform, PasskeyAnswer, PasskeyRequest, World};
use poolpass::platform::{Mediation, Platform, Request, Response, SendFailure};

use crate::rsa_verify;

/// Where the servers are.
const ORIGIN: &str = "https://contract.example";

struct MemoryBench {
    world: World,
    failing: Rc<RefCell<BTreeSet<u8>>>,
    user: Rc<User>,
}

/// The user with passkeys.
struct User {
    of_dialogs: Cell<Habit>,
    of_autofill: Cell<Habit>,
    asked: RefCell<Vec<String>>,
}

impl MemoryBench {
    fn new() -> Self {
        let world = World::new();
        world.verify_with(rsa_verify::fits);
        world.set_latency(|request| match path(request) {
            "/silent" => (u32::MAX, 0),
            "/stalled" => (0, u32::MAX),
            _ => (3, 4),
        });
        let count = Cell::new(0);
        world.connect(move |request| answer(request, &count));
        let failing = Rc::<RefCell<BTreeSet<u8>>>::default();
        let fails = Rc::clone(&failing);
        world.fail_storage_when(move |_, access, _| fails.borrow().contains(&(access as u8)));
        let user = Rc::new(User {
            of_dialogs: Cell::new(Habit::Leaves),
            of_autofill: Cell::new(Habit::Leaves),
            asked: RefCell::default(),
        });
        let asked = Rc::clone(&user);
        world.ask_user_with(move |request| asked.answer(request));
        Self { world, failing, user }
    }
}

impl User {
    fn answer(&self, request: &PasskeyRequest<'_>) -> PasskeyAnswer {
        let (habit, asked) = match (request.mediation, request.ceremony) {
            (Mediation::Conditional, _) => (&self.of_autofill, "get by autofill"),
            (Mediation::Modal, Ceremony::SignIn) => (&self.of_dialogs, "get"),
            (Mediation::Modal, Ceremony::Registration) => (&self.of_dialogs, "create"),
        };
        self.asked.borrow_mut().push(asked.to_owned());
        match habit.get() {
            Habit::Agrees => PasskeyAnswer::Credential(credential(request)),
            Habit::Leaves => PasskeyAnswer::Nothing,
            Habit::Throws(name) => PasskeyAnswer::Fault(match name {
                "AbortError" | "OperationError" => PasskeyFault::Interrupted,
                "ConstraintError" | "NotSupportedError" => PasskeyFault::NotSupported,
                "EncodingError" => PasskeyFault::BadOptions,
                "InvalidStateError" => PasskeyFault::Exists,
                "NotAllowedError" => PasskeyFault::Cancelled,
                "SecurityError" => PasskeyFault::WrongDomain,
                _ => PasskeyFault::Failed,
            }),
        }
    }
}

fn credential(request: &PasskeyRequest<'_>) -> poolpass::secret::Secret<String> {
    let options = Value::parse(request.options).unwrap();
    let (member, id) = match request.ceremony {
        Ceremony::SignIn => ("signature", options.get("allowCredentials").unwrap().elements().unwrap()[0].str("id")),
        Ceremony::Registration => ("attestationObject", options.get("user").unwrap().str("id")),
    };
    let mut json = Writer::object();
    json.str("type", "public-key");
    json.str("rawId", options.str("challenge").unwrap());
    json.open("response");
    json.str(member, id.unwrap());
    json.close();
    json.finish()
}

fn path(request: &Request) -> &str {
    request.url.strip_prefix(ORIGIN).unwrap_or_default()
}

fn answer(request: &Request, count: &Cell<i64>) -> Result<Response, SendFailure> {
    let respond = |status, body: String| Response { status, headers: Vec::new(), body: body.into() };
    Ok(match path(request) {
        "/echo" => {
            count.set(count.get() + 1);
            let header = |name: &str| request.headers.iter().find_map(|(key, value)| (*key == name).then_some(value));
            let mut json = Writer::object();
            json.str("method", request.method);
            json.secret("body", &request.body);
            json.str("target", header("x-amz-target").map_or("", String::as_str));
            json.str("cookie", header("cookie").map_or("", String::as_str));
            json.integer("count", count.get());
            respond(200, json.finish().expose_secret().clone())
        }
        "/refusal" => {
            let headers = [
                ("date", "Mon, 01 Jan 2024 00:00:00 GMT"),
                ("retry-after", "7"),
                ("set-cookie", "contract=1"),
                ("x-amzn-errortype", "TooManyRequestsException"),
                ("x-amzn-requestid", "1"),
                ("x-other", "1"),
            ];
            let headers = headers.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
            Response { headers, ..respond(429, "{\"a\":\"\u{e4}\"}".to_owned()) }
        }
        "/redirect" => Response { headers: vec![("location", "/echo".to_owned())], ..respond(302, String::new()) },
        "/full" => respond(200, "x".repeat(Response::MAX_BODY_BYTES)),
        "/too-long" => respond(200, "x".repeat(Response::MAX_BODY_BYTES + 1)),
        "/stalled" => respond(200, String::new()),
        _ => return Err(SendFailure::Network(NetworkFailure::Unreachable)),
    })
}

impl Bench for MemoryBench {
    type Tab = MemoryPlatform;

    fn listening_tab(&self) -> (MemoryPlatform, Heard) {
        let tab = self.world.tab();
        let (listener, heard) = (tab.clone(), RefCell::<Vec<_>>::default());
        let heard = move || {
            let events = listener.take_messages().into_iter();
            heard.borrow_mut().extend(events.map(|message| (message.event.name().to_owned(), message.remote)));
            heard.borrow().clone()
        };
        (tab, Box::new(heard))
    }

    fn tabs_by_storage(&self) -> Vec<(&'static str, MemoryPlatform, u32)> {
        vec![("shared", self.tab(), 125)]
    }

    fn close(&self, tab: MemoryPlatform) {
        drop(tab);
    }

    fn abortable(&self, tab: &MemoryPlatform) -> (MemoryPlatform, Box<dyn FnOnce()>) {
        let caller = tab.detached();
        let aborter = caller.clone();
        (caller, Box::new(move || aborter.abort()))
    }

    fn url(&self, server: Server) -> String {
        [ORIGIN, server.path()].concat()
    }

    fn fail(&self, access: Access) {
        let access = match access {
            Access::Read => memory::Access::Read,
            Access::Write => memory::Access::Write,
            Access::Remove => memory::Access::Remove,
        };
        self.failing.borrow_mut().insert(access as u8);
    }

    fn delay_storage(&self) {
        self.world.set_storage_operation_ms(3);
    }

    fn take_away(&self, part: Part) {
        match part {
            Part::Crypto => self.world.set_crypto(false),
            Part::Locks => self.world.set_locks(false),
            Part::Passkeys => self.world.ask_user_with(|_| PasskeyAnswer::Fault(PasskeyFault::NotSupported)),
            Part::Autofill => self.user.of_autofill.set(Habit::Throws("NotSupportedError")),
            // It has no other form than JSON.
            Part::PasskeyJson => {}
            Part::FlowStorages => {
                [Access::Read, Access::Write, Access::Remove].into_iter().for_each(|access| self.fail(access))
            }
        }
    }

    fn habit(&self, mediation: Mediation, habit: Habit) {
        match mediation {
            Mediation::Modal => self.user.of_dialogs.set(habit),
            Mediation::Conditional => self.user.of_autofill.set(habit),
        }
    }

    fn asked(&self) -> Vec<String> {
        self.user.asked.borrow().clone()
    }
}

macro_rules! test {
    ($($module:ident::$case:ident,)*) => {
        mod case {
            $(#[test]
            fn $case() {
                let bench = super::MemoryBench::new();
                assert!(bench.world.run(super::cases::run(stringify!($case), &bench)));
            })*
        }
    };
}
for_each_case!(test);
