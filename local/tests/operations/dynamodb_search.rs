//! DynamoDB: `Query` and `Scan`.

use serde_json::{Value, json};

use crate::dynamodb_world::{Caller, open_world};
use crate::world::World;

fn ids(reply: &Value) -> Vec<&str> {
    reply["Items"].as_array().unwrap().iter().map(|item| item["id"]["S"].as_str().unwrap()).collect()
}

/// A query of the caller's partition; `more` is added to the condition, `rest` to the request.
fn query(caller: &Caller<'_>, more: &str, values: Value, rest: Value) -> Value {
    let mut body = json!({
        "KeyConditionExpression": format!("#owner = :owner{more}"), "ExpressionAttributeNames": { "#owner": "owner" },
        "ExpressionAttributeValues": { ":owner": { "S": caller.id } },
    });
    for (place, members) in [(Some("ExpressionAttributeValues"), values), (None, rest)] {
        let target = place.map_or_else(|| body.as_object_mut(), |_| None);
        match target {
            Some(target) => target.extend(members.as_object().unwrap().clone()),
            None => {
                body["ExpressionAttributeValues"].as_object_mut().unwrap().extend(members.as_object().unwrap().clone())
            }
        }
    }
    body
}

fn filled(world: &World) -> Caller<'_> {
    let bob = Caller::user(world, "bob");
    for (id, n) in [("a1", 1), ("a2", 2), ("b1", 3), ("b2", 4), ("é", 5)] {
        bob.put(id, json!({ "n": { "N": n.to_string() } }));
    }
    bob
}

#[test]
fn a_range_of_keys_comes_in_order() {
    let world = World::new();
    let bob = filled(&world);
    let s = |value: &str| json!({ "S": value });
    for (more, values, expected) in [
        ("", json!({}), &["a1", "a2", "b1", "b2", "é"][..]),
        (" AND id = :a", json!({ ":a": s("b1") }), &["b1"]),
        (" AND id < :a", json!({ ":a": s("b1") }), &["a1", "a2"]),
        (" AND id <= :a", json!({ ":a": s("b1") }), &["a1", "a2", "b1"]),
        (" AND id > :a", json!({ ":a": s("b1") }), &["b2", "é"]),
        (" AND id >= :a", json!({ ":a": s("b1") }), &["b1", "b2", "é"]),
        (" AND id BETWEEN :a AND :b", json!({ ":a": s("a2"), ":b": s("b1") }), &["a2", "b1"]),
        (" AND begins_with(id, :a)", json!({ ":a": s("b") }), &["b1", "b2"]),
        (" AND id = :a", json!({ ":a": s("c") }), &[]),
    ] {
        let forward = bob.ok("Query", query(&bob, more, values.clone(), json!({})));
        assert_eq!(ids(&forward), expected, "{more}");
        assert_eq!((&forward["Count"], &forward["ScannedCount"]), (&json!(expected.len()), &json!(expected.len())));
        let backward = bob.ok("Query", query(&bob, more, values, json!({ "ScanIndexForward": false })));
        let mut reversed = expected.to_vec();
        reversed.reverse();
        assert_eq!(ids(&backward), reversed, "{more}");
    }
    let mut swapped = query(&bob, "", json!({ ":a": s("b1") }), json!({}));
    swapped["KeyConditionExpression"] = json!("(id > :a) AND (#owner = :owner)");
    assert_eq!(ids(&bob.ok("Query", swapped)), ["b2", "é"]);
}

#[test]
fn pages_follow_each_other_in_both_directions() {
    let world = World::new();
    let bob = filled(&world);
    for forward in [true, false] {
        for limit in 1..=6 {
            let (mut found, mut start, mut pages) = (Vec::new(), Value::Null, 0);
            loop {
                let mut rest = json!({ "Limit": limit, "ScanIndexForward": forward });
                if start != Value::Null {
                    rest["ExclusiveStartKey"] = start;
                }
                let page = bob.ok("Query", query(&bob, "", json!({}), rest));
                found.extend(ids(&page).into_iter().map(str::to_owned));
                pages += 1;
                start = page["LastEvaluatedKey"].clone();
                if start == Value::Null {
                    break;
                }
            }
            let mut expected = vec!["a1", "a2", "b1", "b2", "é"];
            if !forward {
                expected.reverse();
            }
            assert_eq!(found, expected, "{limit}");
            // A page that is full does not know whether there is more.
            assert_eq!(pages, 5 / limit + 1, "{limit}");
        }
    }
}

#[test]
fn filters_and_projections_come_after_the_limit() {
    let world = World::new();
    let bob = filled(&world);
    let rest = json!({ "FilterExpression": "n > :two", "ProjectionExpression": "id", "Limit": 4 });
    let page = bob.ok("Query", query(&bob, "", json!({ ":two": { "N": "2" } }), rest));
    assert_eq!(page["Items"], json!([{ "id": { "S": "b1" } }, { "id": { "S": "b2" } }]));
    assert_eq!((&page["Count"], &page["ScannedCount"]), (&json!(2), &json!(4)));
    assert_eq!(page["LastEvaluatedKey"], bob.key("b2"));
    let counted = bob.ok("Query", query(&bob, "", json!({}), json!({ "Select": "COUNT" })));
    assert_eq!(counted, json!({ "Count": 5, "ScannedCount": 5 }));
}

#[test]
fn a_scan_sees_every_partition() {
    let world = open_world();
    let bob = filled(&world);
    let all = bob.ok("Scan", json!({}));
    assert_eq!(all["Count"], 6);
    assert!(ids(&all).contains(&"welcome"));
    let (mut found, mut start) = (0, Value::Null);
    loop {
        let mut body = json!({ "Limit": 2 });
        if start != Value::Null {
            body["ExclusiveStartKey"] = start;
        }
        let page = bob.ok("Scan", body);
        found += page["Count"].as_u64().unwrap();
        start = page["LastEvaluatedKey"].clone();
        if start == Value::Null {
            break;
        }
    }
    assert_eq!(found, 6);
    let some = json!({ "FilterExpression": "id = :id", "ExpressionAttributeValues": { ":id": { "S": "é" } } });
    assert_eq!(ids(&bob.ok("Scan", some)), ["é"]);
}

#[test]
fn a_page_ends_after_a_megabyte() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let text = "x".repeat(300_000);
    for id in 0..5 {
        bob.put(&id.to_string(), json!({ "text": { "S": text } }));
    }
    let page = bob.ok("Query", query(&bob, "", json!({}), json!({ "Select": "COUNT" })));
    assert_eq!((&page["Count"], &page["LastEvaluatedKey"]), (&json!(4), &bob.key("3")));
    let (kind, words) = bob.err(
        "PutItem",
        json!({ "Item": { "owner": { "S": bob.id }, "id": { "S": "x" }, "a": { "S": "x".repeat(409_600) } } }),
    );
    assert_eq!(
        (kind.as_str(), words.as_str()),
        ("ValidationException", "Item size has exceeded the maximum allowed size")
    );
}
