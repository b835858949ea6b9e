//! Subscriptions to notes.

use serde_json::{Value, json};

use crate::appsync_client::{Proof, SHARED, Socket};
use crate::world::World;

const CREATED: &str = "subscription { onCreateNote { id title } }";

/// What came for subscriptions: their ids and the titles.
#[track_caller]
fn titles(socket: &Socket<'_>) -> Vec<(String, String)> {
    let heard = socket.heard();
    let read = |message: &Value| {
        assert_eq!(message["type"], "data", "{message}");
        let note = message["payload"]["data"].as_object().unwrap().values().next().unwrap();
        (message["id"].as_str().unwrap().to_owned(), note["title"].as_str().unwrap().to_owned())
    };
    heard.iter().map(read).collect()
}

#[test]
fn subscribers_hear_of_the_notes_that_they_may_read() {
    let world = World::new();
    let (alice, bob, key) = (Proof::access(&world, "alice"), Proof::access(&world, "bob"), Proof::key());
    let sockets = [&alice, &bob, &key].map(|proof| {
        let socket = world.connected(proof);
        socket.started("s", proof, CREATED);
        socket
    });
    world.note(&bob, "bob's", false);
    world.note(&alice, "for all", true);
    let told = sockets.each_ref().map(|socket| titles(socket).into_iter().map(|(_, title)| title).collect::<Vec<_>>());
    assert_eq!(told, [vec!["for all"], vec!["bob's", "for all"], vec!["for all"]]);
}

#[test]
fn one_connection_carries_subscriptions_of_several_callers() {
    let world = World::new();
    let (alice, bob) = (Proof::access(&world, "alice"), Proof::signer(&world, "bob"));
    let socket = world.connected(&alice);
    socket.started("alice", &alice, CREATED);
    socket.started("bob", &bob, CREATED);
    world.note(&bob, "signed", false);
    assert_eq!(titles(&socket), [("bob".into(), "signed".into())]);
    socket.say(&json!({ "id": "bob", "type": "stop" }));
    assert_eq!(socket.heard(), [json!({ "id": "bob", "type": "complete" })]);
    world.note(&bob, "unheard", false);
    assert_eq!(socket.heard(), [] as [Value; 0]);
}

#[test]
fn changes_and_removals_are_told_to_their_own_subscribers() {
    let world = World::new();
    let alice = Proof::access(&world, "alice");
    let socket = world.connected(&alice);
    socket.started("u", &alice, "subscription { onUpdateNote { title } }");
    socket.started("d", &alice, "subscription { onDeleteNote { title } }");
    let change = format!("mutation {{ updateNote(input: {{ id: \"{SHARED}\", title: \"new\" }}) {{ title }} }}");
    world.graphql(&alice, &change, Value::Null);
    world.graphql(
        &alice,
        &format!("mutation {{ deleteNote(input: {{ id: \"{SHARED}\" }}) {{ title }} }}"),
        Value::Null,
    );
    assert_eq!(titles(&socket), [("u".into(), "new".into()), ("d".into(), "new".into())]);
}

#[test]
fn subscribers_get_what_the_mutation_selected() {
    let world = World::new();
    let alice = Proof::access(&world, "alice");
    let socket = world.connected(&alice);
    socket.started("s", &alice, "subscription Named { told: onCreateNote { __typename id content } }");
    let new =
        "mutation { createNote(input: { title: \"x\", content: \"y\" }) { ...Parts } } fragment Parts on Note { id }";
    let id = world.graphql(&alice, new, Value::Null)["data"]["createNote"]["id"].clone();
    let data = json!({ "told": { "__typename": "Note", "id": id, "content": null } });
    assert_eq!(socket.heard(), [json!({ "id": "s", "type": "data", "payload": { "data": data } })]);
    // What must not be null makes the whole note null.
    world.graphql(&alice, "mutation { createNote(input: { title: \"x\" }) { title } }", Value::Null);
    let heard = socket.heard();
    assert_eq!(heard[0]["payload"]["data"], json!({ "told": null }), "{heard:?}");
    let text = heard[0]["payload"]["errors"][0]["message"].as_str().unwrap();
    assert_eq!(text, "Cannot return null for non-nullable type: 'ID' within parent 'Note' (id)");
}

#[test]
fn an_owner_narrows_a_subscription_but_not_to_another() {
    let world = World::new();
    let (alice, bob) = (Proof::access(&world, "alice"), Proof::access(&world, "bob"));
    let socket = world.connected(&bob);
    let query = "subscription S($owner: String) { onCreateNote(owner: $owner) { title } }";
    let reply = socket.start("mine", &bob, query, json!({ "owner": "bob" }));
    assert_eq!(reply["type"], "start_ack");
    let reply = socket.start("other", &bob, query, json!({ "owner": "alice" }));
    assert_eq!((&reply["id"], &reply["type"]), (&json!("other"), &json!("error")));
    let error = &reply["payload"]["errors"][0];
    assert_eq!(error["errorType"], "Unauthorized");
    assert_eq!(error["message"], "Not Authorized to access onCreateNote on type Subscription");
    world.note(&alice, "shared", true);
    world.note(&bob, "own", false);
    assert_eq!(titles(&socket), [("mine".into(), "own".into())]);
}

#[test]
fn what_is_wrong_with_a_start_is_told_to_it_alone() {
    let world = World::new();
    let key = Proof::key();
    let socket = world.connected(&key);
    socket.started("good", &key, CREATED);
    let kind = |reply: &Value| reply["payload"]["errors"][0]["errorType"].as_str().unwrap_or_default().to_owned();
    for (query, expected) in [
        ("{ listNotes { nextToken } }", "UnsupportedOperation"),
        ("subscription {", "MalformedHttpRequestException"),
        ("subscription { onCreateNote { nothing } }", "ValidationError"),
        ("subscription { onCreateNote { id } onUpdateNote { id } }", "ValidationError"),
    ] {
        let reply = socket.start("bad", &key, query, json!({}));
        assert_eq!((&reply["id"], &reply["type"]), (&json!("bad"), &json!("error")), "{reply}");
        assert_eq!(kind(&reply), expected, "{reply}");
    }
    assert_eq!(kind(&socket.start("good", &key, CREATED, json!({}))), "BadRequestException");
    assert_eq!(kind(&socket.start("no blanks", &key, CREATED, json!({}))), "BadRequestException");
    assert_eq!(kind(&socket.start("bad", &Proof::token("x"), CREATED, json!({}))), "UnauthorizedException");
    // A signature covers the very text of the query.
    let signer = Proof::signer(&world, "bob");
    let data = json!({ "query": CREATED }).to_string();
    let authorization = signer.headers("/graphql", &format!("{data} "));
    let payload = json!({ "data": data, "extensions": { "authorization": authorization } });
    socket.say(&json!({ "id": "bad", "type": "start", "payload": payload }));
    assert_eq!(kind(&socket.heard()[0]), "InvalidSignatureException");
    world.note(&Proof::access(&world, "alice"), "still", true);
    assert_eq!(titles(&socket), [("good".into(), "still".into())]);
}

#[test]
fn the_order_and_form_of_messages_matter() {
    let world = World::new();
    let key = Proof::key();
    let socket = world.connect(&key);
    let early = socket.start("a", &key, CREATED, json!({}));
    assert_eq!(early["payload"]["errors"][0]["message"], "connection_init comes first.");
    socket.say(&json!({ "type": "connection_init" }));
    socket.frames();
    for text in ["", "x", "[]", "{}", "{\"type\":1}"] {
        socket.say_text(text);
        let heard = socket.heard();
        assert_eq!(heard[0]["payload"]["errors"][0]["errorType"], "BadRequestException", "{text}");
        assert_eq!(heard[0].get("id"), None);
    }
    for (message, kind) in [
        (json!({ "type": "ping", "id": "a" }), "UnsupportedOperation"),
        (json!({ "type": "stop", "id": "a" }), "UnknownOperationError"),
        (json!({ "type": "start", "id": "a" }), "BadRequestException"),
        (json!({ "type": "start", "id": "a", "payload": { "data": "{}" } }), "UnauthorizedException"),
    ] {
        socket.say(&message);
        assert_eq!(socket.heard()[0]["payload"]["errors"][0]["errorType"], kind, "{message}");
    }
    socket.started("a", &key, CREATED);
}

#[test]
fn a_connection_has_a_hundred_subscriptions_at_the_most() {
    let world = World::new();
    let key = Proof::key();
    let socket = world.connected(&key);
    (0..100).for_each(|number| socket.started(&number.to_string(), &key, CREATED));
    let reply = socket.start("more", &key, CREATED, json!({}));
    let error = &reply["payload"]["errors"][0];
    assert_eq!(error["errorType"], "MaxSubscriptionsReachedError");
    assert_eq!(error["message"], "Max number of 100 subscriptions reached");
    socket.say(&json!({ "id": "7", "type": "stop" }));
    socket.frames();
    socket.started("more", &key, CREATED);
}

#[test]
fn the_journal_names_messages() {
    let world = World::new();
    let key = Proof::key();
    world.connected(&key).started("a", &key, CREATED);
    let log = world.control("GET", "requests", Value::Null);
    let log = log["log"].as_array().unwrap().iter().map(|entry| entry["operation"].as_str().unwrap().to_owned());
    let expected = ["/graphql/realtime", "/graphql/realtime connection_init", "/graphql/realtime start"];
    assert_eq!(log.collect::<Vec<_>>(), expected);
}
