//! The program itself, over real sockets.

mod delivery;
mod many;
mod network;
mod process;
mod program;
mod state;
mod websocket;

use process::Running;
use serde_json::{Value, json};

const WEB: &str = "poolpasslocalwebclient0001";

/// A sign-in with a password.
fn sign_in() -> Value {
    json!({
        "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": WEB,
        "AuthParameters": { "USERNAME": "alice", "PASSWORD": "Correct-Horse7!" },
    })
}

/// Orders a fault for the next request of an operation.
fn order(running: &Running, fault: Value) {
    let reply = running.exchange(&process::post("/_poolpass/faults", "", &fault.to_string()));
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
}
