//! DynamoDB: `UpdateItem`.

use serde_json::{Value, json};

use crate::dynamodb_world::Caller;
use crate::world::World;

fn body(caller: &Caller<'_>, expression: &str, values: Value) -> Value {
    let mut body = json!({ "Key": caller.key("1"), "UpdateExpression": expression });
    if values != Value::Null {
        body["ExpressionAttributeValues"] = values;
    }
    body
}

#[test]
fn every_clause_changes_what_it_names() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let start = json!({
        "n": { "N": "10" }, "bag": { "SS": ["a", "b"] }, "l": { "L": [{ "S": "0" }, { "S": "1" }, { "S": "2" }] }, "m": { "M": { "k": { "S": "v" } } },
    });
    let one = json!({ ":one": { "N": "1" } });
    for (expression, values, changed) in [
        ("SET n = :one", one.clone(), json!({ "n": { "N": "1" } })),
        ("set n = n + :one", one.clone(), json!({ "n": { "N": "11" } })),
        ("SET n = n - :one, o = n", one.clone(), json!({ "n": { "N": "9" }, "o": { "N": "10" } })),
        ("SET n = if_not_exists(n, :one), o = if_not_exists(o, :one)", one.clone(), json!({ "o": { "N": "1" } })),
        (
            "SET m.j = :one, l[1] = :one",
            one.clone(),
            json!({
                "m": { "M": { "k": { "S": "v" }, "j": { "N": "1" } } }, "l": { "L": [{ "S": "0" }, { "N": "1" }, { "S": "2" }] },
            }),
        ),
        (
            "SET l[9] = :one",
            one.clone(),
            json!({ "l": { "L": [{ "S": "0" }, { "S": "1" }, { "S": "2" }, { "N": "1" }] } }),
        ),
        (
            "SET l = list_append(:more, l)",
            json!({ ":more": { "L": [{ "S": "x" }] } }),
            json!({
                "l": { "L": [{ "S": "x" }, { "S": "0" }, { "S": "1" }, { "S": "2" }] },
            }),
        ),
        ("REMOVE l[0], l[2], m.k", Value::Null, json!({ "l": { "L": [{ "S": "1" }] }, "m": { "M": {} } })),
        ("REMOVE n, absent, l[7]", Value::Null, json!({ "n": null })),
        ("ADD n :one, o :one", one.clone(), json!({ "n": { "N": "11" }, "o": { "N": "1" } })),
        ("ADD bag :more", json!({ ":more": { "SS": ["b", "c"] } }), json!({ "bag": { "SS": ["a", "b", "c"] } })),
        ("DELETE bag :less", json!({ ":less": { "SS": ["b", "c"] } }), json!({ "bag": { "SS": ["a"] } })),
        ("DELETE bag :less, gone :less", json!({ ":less": { "SS": ["a", "b"] } }), json!({ "bag": null })),
        ("SET o = :one REMOVE n ADD p :one", one, json!({ "o": { "N": "1" }, "n": null, "p": { "N": "1" } })),
    ] {
        bob.put("1", start.clone());
        bob.ok("UpdateItem", body(&bob, expression, values));
        let mut expected = start.clone();
        for (name, value) in changed.as_object().unwrap() {
            match value {
                Value::Null => drop(expected.as_object_mut().unwrap().remove(name)),
                value => expected[name] = value.clone(),
            }
        }
        assert_eq!(bob.get("1"), expected, "{expression}");
    }
}

#[test]
fn an_item_that_is_not_there_is_made_and_parts_are_returned() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let update = |expression: &str, values: Value, returned: &str| {
        let mut body = body(&bob, expression, values);
        body["ReturnValues"] = json!(returned);
        bob.ok("UpdateItem", body)
    };
    let counted = |n: &str| json!({ "Attributes": { "n": { "N": n } } });
    assert_eq!(update("ADD n :i", json!({ ":i": { "N": "1" } }), "UPDATED_NEW"), counted("1"));
    assert_eq!(update("ADD n :i", json!({ ":i": { "N": "1" } }), "UPDATED_OLD"), counted("1"));
    assert_eq!(update("SET o = :i", json!({ ":i": { "N": "7" } }), "UPDATED_OLD"), json!({}));
    let all = update("SET n = :i", json!({ ":i": { "N": "5" } }), "ALL_NEW");
    assert_eq!((&all["Attributes"]["n"]["N"], &all["Attributes"]["id"]["S"]), (&json!("5"), &json!("1")));
    assert_eq!(update("REMOVE n", Value::Null, "ALL_OLD")["Attributes"]["n"]["N"], "5");
    assert_eq!(update("SET n = :i", json!({ ":i": { "N": "5" } }), "NONE"), json!({}));
}

#[test]
fn impossible_updates_change_nothing() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let start = json!({ "n": { "N": "10" }, "s": { "S": "x" }, "m": { "M": {} } });
    bob.put("1", start.clone());
    let one = json!({ ":one": { "N": "1" } });
    for (expression, values, word) in [
        ("SET id = :one", one.clone(), "Cannot update attribute id. This attribute is part of the key"),
        ("SET n = s + :one", one.clone(), "incorrect data type"),
        ("SET n = absent + :one", one.clone(), "refers to an attribute that does not exist"),
        ("SET q.r = :one", one.clone(), "document path provided in the update expression is invalid"),
        ("SET n.r = :one", one.clone(), "document path provided in the update expression is invalid"),
        ("SET m = :one, m.a = :one", one.clone(), "Two document paths overlap"),
        ("SET m.a = :one, m[0] = :one", one.clone(), "Two document paths conflict"),
        ("SET n = :one SET s = :one", one.clone(), "can only be used once"),
        ("SET n :one", one.clone(), "Syntax error; token: \":one\", near: \"n :one\""),
        ("SET n = :one,", one.clone(), "Syntax error; token: \"<EOF>\""),
        ("SET n = f(:one)", one.clone(), "Invalid function name; function: f"),
        ("PUT n = :one", one.clone(), "Syntax error; token: \"PUT\""),
        ("ADD s :one", one.clone(), "incorrect data type"),
        ("ADD t :text", json!({ ":text": { "S": "x" } }), "incorrect data type"),
        ("DELETE n :one", one.clone(), "incorrect data type"),
        ("SET name = :one", one, "Attribute name is a reserved keyword; reserved keyword: name"),
        ("", Value::Null, "The expression can not be empty"),
    ] {
        let (kind, text) = bob.err("UpdateItem", body(&bob, expression, values));
        assert_eq!(kind, "ValidationException", "{expression}");
        assert!(text.contains(word), "{expression}: {text}");
        assert_eq!(bob.get("1"), start, "{expression}");
    }
}
