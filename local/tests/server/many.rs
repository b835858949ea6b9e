//! Many people at once.

use poolpass::secret::Secret;
use poolpass::srp::{Challenge, EphemeralKey, Identity};
use serde_json::{Value, json};
use std::sync::Barrier;

use crate::WEB;
use crate::process::{Running, call};

const PEOPLE: [(&str, &str); 2] = [("alice", "Correct-Horse7!"), ("bob", "Battery-Staple8?")];

/// Calls an operation that must succeed.
fn ok(running: &Running, operation: &str, body: &Value) -> Value {
    let reply = running.exchange(&call(operation, &body.to_string()).replacen("\r\n", "\r\nConnection: close\r\n", 1));
    assert!(reply.starts_with("HTTP/1.1 200 "), "{operation}: {reply}");
    serde_json::from_str(reply.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// Signs in by SRP, as the kit does: the `AuthenticationResult`.
fn sign_in(running: &Running, number: usize) -> Value {
    let (username, password) = PEOPLE[number % PEOPLE.len()];
    let key = EphemeralKey::new(Secret::new(format!("{number:032}").into_bytes())).unwrap();
    let parameters = json!({ "USERNAME": username, "SRP_A": key.public_hex() });
    let body = json!({ "AuthFlow": "USER_SRP_AUTH", "ClientId": WEB, "AuthParameters": parameters });
    let challenge = ok(running, "InitiateAuth", &body)["ChallengeParameters"].take();
    let text = |name: &str| challenge[name].as_str().unwrap();
    let identity = Identity { group: "PoolPass1", user: text("USER_ID_FOR_SRP") };
    let password = Secret::new(password.to_owned());
    let now_ms = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let given = Challenge { salt: text("SALT"), server_public: text("SRP_B"), secret_block: text("SECRET_BLOCK") };
    let proof = key.prove(&identity, &password, &given, i64::try_from(now_ms).unwrap()).unwrap();
    let responses = json!({
        "USERNAME": identity.user, "PASSWORD_CLAIM_SECRET_BLOCK": given.secret_block,
        "PASSWORD_CLAIM_SIGNATURE": proof.signature, "TIMESTAMP": proof.timestamp,
    });
    let body = json!({ "ChallengeName": "PASSWORD_VERIFIER", "ClientId": WEB, "ChallengeResponses": responses });
    ok(running, "RespondToAuthChallenge", &body)["AuthenticationResult"].take()
}

#[test]
fn two_hundred_people_sign_in_by_srp_at_once() {
    const COUNT: usize = 200;
    let running = Running::start(&[]);
    let start = Barrier::new(COUNT);
    let tokens: Vec<Value> = std::thread::scope(|scope| {
        let people: Vec<_> = (0..COUNT)
            .map(|number| {
                let (running, start) = (&running, &start);
                scope.spawn(move || {
                    start.wait();
                    sign_in(running, number)["AccessToken"].take()
                })
            })
            .collect();
        people.into_iter().map(|person| person.join().unwrap()).collect()
    });
    // Each has a sign-in of their own.
    let different: std::collections::BTreeSet<&str> = tokens.iter().map(|token| token.as_str().unwrap()).collect();
    assert_eq!(different.len(), COUNT);
    for (number, token) in tokens.iter().enumerate().take(2) {
        let user = ok(&running, "GetUser", &json!({ "AccessToken": token }));
        assert_eq!(user["Username"], PEOPLE[number].0);
    }
}
