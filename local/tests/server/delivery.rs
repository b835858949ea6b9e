//! Faults on the wire.

use serde_json::{Value, json};
use std::io::Read as _;
use std::sync::mpsc;

use crate::process::{Running, call, get, part};
use crate::{order, sign_in};

#[test]
fn a_whole_reply_is_one_connection() {
    let running = Running::start(&[]);
    let reply = running.exchange(&call("InitiateAuth", &sign_in().to_string()));
    let (length, body) = part(&reply, "content-length");
    assert_eq!(length, Some(body.len().to_string()));
    assert_eq!(part(&reply, "connection").0.as_deref(), Some("close"));
    assert_eq!(part(&reply, "access-control-allow-origin").0.as_deref(), Some("*"));
    let body: Value = serde_json::from_str(&body).unwrap();
    assert!(body["AuthenticationResult"]["AccessToken"].is_string());
}

#[test]
fn a_drop_sends_nothing_at_all() {
    let running = Running::start(&[]);
    for kind in ["dropBefore", "dropAfter"] {
        order(&running, json!({ "operation": "InitiateAuth", "kind": kind }));
        assert_eq!(running.exchange(&call("InitiateAuth", &sign_in().to_string())), "", "{kind}");
    }
    let log = running.exchange(&get("/_poolpass/requests", "localhost"));
    let log: Value = serde_json::from_str(&part(&log, "").1).unwrap();
    assert_eq!(log["byOperation"]["InitiateAuth"], 2);
    assert!(running.exchange(&call("InitiateAuth", &sign_in().to_string())).starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_cut_reply_announces_more_than_it_sends() {
    let running = Running::start(&[]);
    for bytes in [0_usize, 1, 40] {
        order(&running, json!({ "operation": "InitiateAuth", "kind": "truncate", "bytes": bytes }));
        let reply = running.exchange(&call("InitiateAuth", &sign_in().to_string()));
        assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
        let (length, body) = part(&reply, "content-length");
        assert_eq!(body.len(), bytes);
        assert!(length.unwrap().parse::<usize>().unwrap() > 1000);
    }
}

#[test]
fn a_late_reply_holds_up_nobody_else() {
    let running = Running::start(&[]);
    order(&running, json!({ "operation": "InitiateAuth", "kind": "late", "delayMs": 1500 }));
    let (sender, order_of_arrival) = mpsc::channel();
    let mut late = running.send(&call("InitiateAuth", &sign_in().to_string()));
    std::thread::scope(|scope| {
        let late_sender = sender.clone();
        scope.spawn(move || {
            let mut reply = String::new();
            late.read_to_string(&mut reply).unwrap();
            assert!(part(&reply, "").1.contains("AccessToken"));
            late_sender.send("late").unwrap();
        });
        running.exchange(&get("/_poolpass/health", "localhost"));
        sender.send("health").unwrap();
    });
    assert_eq!(order_of_arrival.try_iter().collect::<Vec<_>>(), ["health", "late"]);
}
