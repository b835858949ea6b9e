//! Opening the WebSocket of subscriptions, in every mode, and how long it stays.

use poolpass_local::core::Frame;
use serde_json::{Value, json};

use crate::appsync_client::{HOST, LAMBDA, Proof, Socket, header, query};
use crate::signer::NOW;
use crate::world::World;

const CREATED: &str = "subscription { onCreateNote { id } }";

/// The refusal of a connection, and that it is closed then.
#[track_caller]
fn refused(socket: &Socket<'_>) -> (String, String, u64) {
    socket.say(&json!({ "type": "connection_init" }));
    let frames = socket.frames();
    let [Frame::Text(text), Frame::Close { code: 1008, .. }] = &frames[..] else { panic!("{frames:?}") };
    let message: Value = serde_json::from_str(text).unwrap();
    assert_eq!(message["type"], "connection_error");
    let error = &message["payload"]["errors"][0];
    let text = |name: &str| error[name].as_str().unwrap().to_owned();
    (text("errorType"), text("message"), error["errorCode"].as_u64().unwrap())
}

#[test]
fn every_mode_connects_and_subscribes() {
    let world = World::new();
    let oidc = world.social_logins("oidc", "ada");
    let oidc = oidc.as_object().unwrap().values().next().unwrap().as_str().unwrap();
    let modes = [Proof::key(), Proof::access(&world, "bob"), Proof::guest(&world), Proof::signer(&world, "bob")];
    for proof in modes.into_iter().chain([Proof::token(LAMBDA), Proof::token(oidc)]) {
        let socket = world.connected(&proof);
        assert_eq!(socket.protocol, "graphql-ws");
        socket.started("a", &proof, CREATED);
        socket.hang_up();
    }
    assert_eq!(world.control("GET", "sockets", Value::Null), json!([]));
}

#[test]
fn the_older_form_carries_headers_in_the_query() {
    let world = World::new();
    for proof in [Proof::key(), Proof::signer(&world, "alice")] {
        let target = format!("/graphql/realtime?{}", query(&proof.headers("/graphql/connect", "{}")));
        let socket = world.ask(&target, "graphql-ws").ok().unwrap();
        socket.say(&json!({ "type": "connection_init" }));
        assert_eq!(socket.heard()[0]["type"], "connection_ack");
    }
    let without_payload = query(&Proof::key().headers("", "")).split('&').next().unwrap().to_owned();
    let socket = world.ask(&format!("/graphql/realtime?{without_payload}"), "graphql-ws").ok().unwrap();
    assert_eq!(refused(&socket).0, "BadRequestException");
}

#[test]
fn who_may_not_is_told_so_after_connection_init() {
    let world = World::new();
    let ask =
        |headers: &Value| world.ask("/graphql/realtime", &format!("graphql-ws, {}", header(headers))).ok().unwrap();
    let no_right = "You are not authorized to make this call.";
    for (headers, kind, text) in [
        (json!({ "host": HOST }), "UnauthorizedException", "Valid authorization header not provided."),
        (json!({ "host": HOST, "x-api-key": "da2-another" }), "UnauthorizedException", no_right),
        (
            json!({ "host": "other.example", "x-api-key": "x" }),
            "BadRequestException",
            "The authorization header must have host: localhost:9400",
        ),
        (json!([1]), "BadRequestException", "The authorization header can't be read."),
    ] {
        let (actual, message, code) = refused(&ask(&headers));
        assert_eq!((actual.as_str(), message.as_str()), (kind, text), "{headers}");
        assert_eq!(code, if kind == "BadRequestException" { 400 } else { 401 });
    }
    assert_eq!(refused(&world.ask("/graphql/realtime", "graphql-ws").ok().unwrap()).0, "UnauthorizedException");
    // What is signed for a request does not open a connection.
    let signer = Proof::signer(&world, "bob");
    assert_eq!(refused(&ask(&signer.headers("/graphql", "{}"))).0, "InvalidSignatureException");
    let late = Proof::access(&world, "bob");
    world.advance(3600);
    assert_eq!(refused(&ask(&late.headers("", ""))).1, "Token has expired.");
}

#[test]
fn what_opens_no_websocket_gets_a_reply() {
    let world = World::new();
    assert_eq!(world.ask("/graphql/realtime", "graphql-transport-ws").err().map(|reply| reply.status), Some(400));
    assert_eq!(world.ask("/somewhere", "graphql-ws").err().map(|reply| reply.status), Some(404));
    assert_eq!(world.send("GET", "/graphql/realtime", "").status, 426);
    assert_eq!(world.ask("/event/realtime", "graphql-ws").err().map(|reply| reply.status), Some(400));
}

#[test]
fn keep_alives_come_by_the_clock() {
    let world = World::new();
    let socket = world.connected(&Proof::key());
    world.emulator.tick();
    world.advance(59);
    world.emulator.tick();
    assert_eq!(socket.heard(), [] as [Value; 0]);
    world.advance(1);
    world.emulator.tick();
    world.emulator.tick();
    assert_eq!(socket.heard(), [json!({ "type": "ka" })]);
    // The control API moves the clock for it, too.
    world.control("POST", "clock", json!({ "advanceSeconds": 600 }));
    assert_eq!(socket.heard(), [json!({ "type": "ka" })]);
}

#[test]
fn connections_end_with_their_token_or_after_a_day() {
    let world = World::new();
    let bob = Proof::access(&world, "bob");
    let (by_token, by_key) = (world.connected(&bob), world.connected(&Proof::key()));
    by_key.started("own", &bob, CREATED);
    world.advance(3600);
    world.emulator.tick();
    let closed = |code: u16, reason: &str| [Frame::Close { code, reason: reason.into() }];
    assert_eq!(by_token.frames(), closed(1008, "Token has expired."));
    // The other connection lives on, but without the subscription.
    let heard = by_key.heard();
    assert_eq!((&heard[0]["type"], &heard[0]["id"]), (&json!("error"), &json!("own")), "{heard:?}");
    assert_eq!(heard[0]["payload"]["errors"][0]["errorType"], "UnauthorizedException");
    world.note(&Proof::access(&world, "bob"), "x", false);
    by_key.frames();
    world.advance(23 * 3600);
    world.emulator.tick();
    assert_eq!(by_key.frames(), closed(1001, "A connection lasts 24 hours."));
    assert_eq!(world.control("GET", "sockets", Value::Null), json!([]));
}

#[test]
fn signed_connections_end_with_their_credentials() {
    let world = World::new();
    let (_, credentials) = world.credentials(&world.logins("bob"));
    let socket = world.connected(&Proof::Credentials(credentials, NOW));
    world.advance(3600);
    world.emulator.tick();
    assert!(matches!(socket.frames()[..], [Frame::Close { code: 1008, .. }]));
}

#[test]
fn sockets_are_cut_closed_and_silenced_to_order() {
    let world = World::new();
    let key = Proof::key();
    let socket = world.connected(&key);
    assert_eq!(world.control("POST", "sockets", json!({ "silence": true }))[0]["silent"], true);
    world.advance(60);
    world.emulator.tick();
    socket.say(&json!({ "type": "nonsense" }));
    assert_eq!(socket.frames(), []);
    world.control("POST", "sockets", json!({ "close": 1012 }));
    assert!(matches!(socket.frames()[..], [Frame::Close { code: 1012, .. }]));
    let socket = world.connected(&key);
    world.control("POST", "sockets", json!({ "cut": true }));
    assert_eq!(socket.frames(), [Frame::Cut]);
    let socket = world.connected(&key);
    world.control("POST", "reset", json!({}));
    assert!(matches!(socket.frames()[..], [Frame::Close { code: 1001, .. }]));
    for wrong in [json!({}), json!({ "close": 1005 }), json!({ "cut": true, "silence": true })] {
        assert_eq!(world.send("POST", "/_poolpass/sockets", &wrong.to_string()).status, 400, "{wrong}");
    }
}

#[test]
fn faults_hit_connections_and_messages() {
    let world = World::new();
    let key = Proof::key();
    let order = |operation: &str, kind: &str| {
        world.control(
            "POST",
            "faults",
            json!({ "operation": operation, "kind": kind, "type": "Ordered", "status": 503 }),
        );
    };
    order("/graphql/realtime", "error");
    assert_eq!(world.ask("/graphql/realtime", "graphql-ws").err().map(|reply| reply.status), Some(503));
    order("/graphql/realtime", "dropBefore");
    assert_eq!(
        world.ask("/graphql/realtime", "graphql-ws").err().unwrap().delivery,
        poolpass_local::core::Delivery::Drop
    );
    order("/graphql/realtime connection_init", "error");
    assert_eq!(refused(&world.connect(&key)), ("Ordered".into(), "This fault was ordered.".into(), 503));
    let socket = world.connected(&key);
    order("/graphql/realtime start", "error");
    let reply = socket.start("a", &key, CREATED, json!({}));
    assert_eq!((&reply["type"], &reply["payload"]["errors"][0]["errorType"]), (&json!("error"), &json!("Ordered")));
    order("/graphql/realtime start", "garbage");
    let start = json!({ "query": CREATED }).to_string();
    let message = json!({ "id": "a", "type": "start", "payload": { "data": start, "extensions": { "authorization": key.headers("", "") } } });
    socket.say(&message);
    assert_eq!(socket.frames(), [Frame::Text("<html>not what you expected".into())]);
    order("/graphql/realtime stop", "dropAfter");
    socket.say(&json!({ "id": "a", "type": "stop" }));
    assert_eq!(socket.frames(), [Frame::Cut]);
    for (operation, kind) in [("/graphql/realtime start", "truncate"), ("/event/realtime", "garbage")] {
        let fault = json!({ "operation": operation, "kind": kind });
        assert_eq!(world.send("POST", "/_poolpass/faults", &fault.to_string()).status, 400, "{fault}");
    }
}
