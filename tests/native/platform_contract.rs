//! The contract of platforms on the in-memory platform.

#[path = "../shared/platform_contract/mod.rs"]
mod cases;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use cases::{Access, Bench, Heard, Part, Server, for_each_case};
use poolpass::error::NetworkFailure;
use poolpass::json::Writer;
use poolpass::memory::{self, MemoryPlatform, World};
use poolpass::platform::{Platform, Request, Response, SendFailure};

use crate::rsa_verify;

/// Where the servers are.
const ORIGIN: &str = "https://contract.example";

struct MemoryBench {
    world: World,
    failing: Rc<RefCell<BTreeSet<u8>>>,
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
        Self { world, failing }
    }
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
            Part::FlowStorages => {
                [Access::Read, Access::Write, Access::Remove].into_iter().for_each(|access| self.fail(access))
            }
        }
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
