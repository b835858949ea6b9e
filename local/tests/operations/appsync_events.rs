//! The Events API: publishing over HTTP and by WebSocket, channels and who may use them.

use serde_json::{Value, json};

use crate::appsync_client::{Proof, Socket, header};
use crate::world::World;

/// Publishes by the WebSocket: what comes back.
#[track_caller]
fn publish(socket: &Socket<'_>, proof: &Proof, channel: &str, events: &Value) -> Vec<Value> {
    let signed = format!("{{\"channel\":{},\"events\":{events}}}", json!(channel));
    let authorization = proof.headers("/event", &signed);
    socket.say(
        &json!({ "id": "p", "type": "publish", "channel": channel, "events": events, "authorization": authorization }),
    );
    socket.heard()
}

fn events(heard: &[Value]) -> Vec<(&str, &str)> {
    heard.iter().map(|message| (message["id"].as_str().unwrap(), message["event"].as_str().unwrap_or("none"))).collect()
}

#[test]
fn what_is_posted_comes_to_those_who_hear_the_channel() {
    let world = World::new();
    let key = Proof::key();
    let socket = world.events(&key);
    for (id, channel) in [("exact", "/default/a"), ("all", "/default/*"), ("other", "/default/b")] {
        assert_eq!(socket.subscribe(id, &key, channel), json!({ "id": id, "type": "subscribe_success" }));
    }
    let (status, reply) =
        world.appsync(&key, "/event", &json!({ "channel": "default/a", "events": ["{\"x\":1}", "2"] }));
    assert_eq!(status, 200, "{reply}");
    assert_eq!((&reply["failed"], reply["successful"].as_array().map(Vec::len)), (&json!([]), Some(2)));
    assert_eq!(reply["successful"][1]["index"], 1);
    let heard = socket.heard();
    assert_eq!(events(&heard), [("exact", "{\"x\":1}"), ("all", "{\"x\":1}"), ("exact", "2"), ("all", "2")]);
    socket.say(&json!({ "id": "all", "type": "unsubscribe" }));
    assert_eq!(socket.heard(), [json!({ "id": "all", "type": "unsubscribe_success" })]);
    world.appsync(&key, "/event", &json!({ "channel": "/default/c", "events": ["3"] }));
    assert_eq!(socket.heard(), [] as [Value; 0]);
    socket.say(&json!({ "id": "all", "type": "unsubscribe" }));
    let heard = socket.heard();
    assert_eq!(
        (&heard[0]["type"], &heard[0]["errors"][0]["errorType"]),
        (&json!("unsubscribe_error"), &json!("UnknownOperationError"))
    );
}

#[test]
fn every_mode_publishes_and_hears_itself() {
    let world = World::new();
    for proof in [Proof::key(), Proof::access(&world, "bob"), Proof::signer(&world, "bob")] {
        let socket = world.events(&proof);
        assert_eq!(socket.subscribe("s", &proof, "/default/x/*")["type"], "subscribe_success");
        let heard = publish(&socket, &proof, "/default/x/y", &json!(["\"hello\"", "{", 1]));
        assert_eq!(events(&heard[..1]), [("s", "\"hello\"")]);
        let done = &heard[1];
        assert_eq!((&done["id"], &done["type"]), (&json!("p"), &json!("publish_success")), "{done}");
        assert_eq!(done["successful"][0]["index"], 0);
        let failed = done["failed"].as_array().unwrap();
        assert_eq!(
            failed.iter().map(|event| (event["index"].as_u64(), event["code"].as_u64())).collect::<Vec<_>>(),
            [(Some(1), Some(400)), (Some(2), Some(400))]
        );
        let (status, _) = world.appsync(&proof, "/event", &json!({ "channel": "/default/x/y", "events": ["1"] }));
        assert_eq!((status, events(&socket.heard())), (200, vec![("s", "1")]));
        socket.hang_up();
    }
}

#[test]
fn namespaces_say_who_publishes() {
    let world = World::new();
    let key = Proof::key();
    let socket = world.events(&key);
    assert_eq!(socket.subscribe("s", &key, "/notes/*")["type"], "subscribe_success");
    let body = json!({ "channel": "/notes/a", "events": ["1"] });
    let (status, reply) = world.appsync(&key, "/event", &body);
    assert_eq!((status, &reply["errors"][0]["errorType"]), (401, &json!("UnauthorizedException")));
    let heard = publish(&socket, &key, "/notes/a", &json!(["1"]));
    assert_eq!(
        (&heard[0]["type"], &heard[0]["errors"][0]["errorType"]),
        (&json!("publish_error"), &json!("UnauthorizedException"))
    );
    let (status, reply) = world.appsync(&Proof::guest(&world), "/event", &body);
    assert_eq!((status, &reply["errors"][0]["errorType"]), (403, &json!("AccessDeniedException")), "{reply}");
    let text = reply["errors"][0]["message"].as_str().unwrap();
    assert!(text.contains("appsync:EventPublish") && text.contains("/channelNamespace/notes"), "{text}");
    assert_eq!(world.appsync(&Proof::signer(&world, "bob"), "/event", &body).0, 200);
    assert_eq!(events(&socket.heard()), [("s", "1")]);
}

#[test]
fn channels_events_and_ids_have_their_forms() {
    let world = World::new();
    let key = Proof::key();
    let socket = world.events(&key);
    let kind = |reply: &Value| (reply["type"].as_str().unwrap().to_owned(), reply["errors"][0]["errorType"].clone());
    for channel in ["", "/*", "/nowhere/a", "/default/a/b/c/d/e", "/default/*/a", "/default/a_b"] {
        assert_eq!(
            kind(&socket.subscribe("s", &key, channel)),
            ("subscribe_error".into(), json!("BadRequestException")),
            "{channel}"
        );
    }
    for (channel, events) in
        [("/default/*", json!(["1"])), ("/default/a", json!([])), ("/default/a", json!(["1", "2", "3", "4", "5", "6"]))]
    {
        let (status, reply) = world.appsync(&key, "/event", &json!({ "channel": channel, "events": events }));
        assert_eq!((status, &reply["errors"][0]["errorType"]), (400, &json!("BadRequestException")), "{channel}");
        assert_eq!(kind(&publish(&socket, &key, channel, &events)[0]).0, "publish_error");
    }
    assert_eq!(kind(&socket.subscribe("a b", &key, "/default/a")).0, "subscribe_error");
    assert_eq!(kind(&socket.subscribe(&"x".repeat(129), &key, "/default/a")).0, "subscribe_error");
    assert_eq!(socket.subscribe("s", &key, "/default/a")["type"], "subscribe_success");
    assert_eq!(kind(&socket.subscribe("s", &key, "/default/b")).0, "subscribe_error");
    assert_eq!(kind(&socket.subscribe("t", &Proof::token("x"), "/default/b")).1, "UnauthorizedException");
    socket.say(&json!({ "type": "start", "id": "t" }));
    assert_eq!(kind(&socket.heard()[0]), ("error".into(), json!("UnsupportedOperation")));
    for body in [json!([]), json!({ "channel": "/default/a" })] {
        assert_eq!(world.appsync(&key, "/event", &body).0, 400);
    }
}

#[test]
fn large_events_fail_alone() {
    let world = World::new();
    let large = json!("x".repeat(240 * 1024)).to_string();
    let (status, reply) =
        world.appsync(&Proof::key(), "/event", &json!({ "channel": "/default/a", "events": [large, "1"] }));
    assert_eq!((status, &reply["failed"][0]["code"], &reply["successful"][0]["index"]), (200, &json!(413), &json!(1)));
}

#[test]
fn a_refused_connection_says_why_at_the_top() {
    let world = World::new();
    let headers = json!({ "host": "localhost:9400", "x-api-key": "da2-another" });
    let socket = world.ask("/event/realtime", &format!("aws-appsync-event-ws, {}", header(&headers))).ok().unwrap();
    socket.say(&json!({ "type": "connection_init" }));
    let frames = socket.frames();
    let poolpass_local::core::Frame::Text(text) = &frames[0] else { panic!("{frames:?}") };
    let message: Value = serde_json::from_str(text).unwrap();
    assert_eq!((&message["type"], &message["errors"][0]["errorCode"]), (&json!("connection_error"), &json!(401)));
}

#[test]
fn a_subscription_ends_with_its_token() {
    let world = World::new();
    let bob = Proof::access(&world, "bob");
    let socket = world.events(&Proof::key());
    socket.subscribe("s", &bob, "/default/a");
    world.advance(3600);
    world.emulator.tick();
    let heard = socket.heard();
    assert_eq!((&heard[0]["type"], &heard[0]["id"]), (&json!("broadcast_error"), &json!("s")), "{heard:?}");
}
