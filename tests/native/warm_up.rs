//! A sign-in that was prepared.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::stage::{Stage, WEB, alice, block_on};

#[test]
fn its_key_serves_one_sign_in() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let keys: Rc<RefCell<Vec<String>>> = Rc::default();
    let seen = Rc::clone(&keys);
    stage.world.set_latency(move |request| {
        let json: serde_json::Value = serde_json::from_str(request.body.expose_secret()).unwrap_or_default();
        if let Some(key) = json["AuthParameters"]["SRP_A"].as_str() {
            seen.borrow_mut().push(key.to_owned());
        }
        (0, 0)
    });
    tab.client.warm_up().unwrap();
    assert!(stage.sent().is_empty(), "it sends nothing");
    for _ in 0..2 {
        block_on(tab.client.sign_in(&alice())).unwrap();
        assert_eq!(stage.sent(), ["InitiateAuth", "RespondToAuthChallenge"]);
    }
    assert_eq!(keys.borrow().iter().collect::<BTreeSet<_>>().len(), 2, "a key is never used twice");
}
