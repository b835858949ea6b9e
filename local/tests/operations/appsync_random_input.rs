//! Whatever AppSync is sent, it answers.

use poolpass_local::core::Frame;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

use crate::appsync_client::Proof;
use crate::world::World;

static WORLD: LazyLock<World> = LazyLock::new(World::new);

fn json_value() -> impl Strategy<Value = Value> {
    let words = vec!["subscribe", "start", "stop", "publish", "connection_init", "/default/*", "{}", "[", "{ a }", "a"];
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        prop::sample::select(words).prop_map(Value::from),
        Just(Proof::key().headers("", "")),
    ];
    let keys =
        vec!["type", "id", "payload", "data", "extensions", "authorization", "channel", "events", "query", "variables"];
    leaf.prop_recursive(3, 30, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(keys.clone()), inner, 0..8).prop_map(Value::from_iter),
        ]
    })
}

proptest! {
    #[test]
    fn any_message_is_answered_with_json_or_ends_the_connection(message in json_value(), text in ".{0,40}") {
        for socket in [WORLD.connected(&Proof::key()), WORLD.events(&Proof::key())] {
            socket.say(&message);
            socket.say_text(&text);
            for frame in socket.frames() {
                match frame {
                    Frame::Text(text) => {
                        let answer: Value = serde_json::from_str(&text).unwrap();
                        prop_assert!(answer["type"].is_string(), "{answer}");
                    }
                    // A second connection_init, among others.
                    Frame::Close { code, .. } => prop_assert_eq!(code, 1008),
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            socket.hang_up();
        }
    }

    #[test]
    fn any_header_opens_or_is_refused(header in "[ -~]{0,60}") {
        for target in [format!("/graphql/realtime?header={header}&payload=e30="), "/graphql/realtime".into()] {
            if let Ok(socket) = WORLD.ask(&target, &format!("graphql-ws, header-{header}")) {
                socket.say(&json!({ "type": "connection_init" }));
                prop_assert!(!socket.frames().is_empty());
                socket.hang_up();
            }
        }
    }

    #[test]
    fn any_body_is_answered(body in json_value(), query in "[ -~]{0,60}") {
        for path in ["/graphql", "/event"] {
            for body in [body.clone(), json!({ "query": query, "channel": query, "events": [query] })] {
                let (status, reply) = WORLD.appsync(&Proof::key(), path, &body);
                prop_assert!([200, 400, 401].contains(&status), "{status}");
                prop_assert!(reply.is_object(), "{reply}");
            }
        }
    }
}
