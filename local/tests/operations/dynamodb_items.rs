//! DynamoDB: items are put, read and deleted.

use serde_json::{Value, json};

use crate::dynamodb_world::{Caller, open_world};
use crate::world::World;

#[test]
fn items_of_every_type_come_back_as_they_were_put() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let item = json!({
        "s": { "S": "" }, "n": { "N": "-12.5" }, "b": { "B": "AAECAw==" }, "bool": { "BOOL": true }, "null": { "NULL": true },
        "ss": { "SS": ["a", "b"] }, "ns": { "NS": ["1", "2.5"] }, "bs": { "BS": ["AA==", "AQ=="] },
        "l": { "L": [{ "S": "x" }, { "N": "1" }] }, "m": { "M": { "a": { "M": { "b": { "L": [] } } } } },
    });
    bob.put("1", item.clone());
    assert_eq!(bob.get("1"), item);
    assert_eq!(bob.get("2"), Value::Null);
    assert_eq!(bob.ok("GetItem", json!({ "Key": bob.key("2"), "ConsistentRead": true })), json!({}));
}

#[test]
fn numbers_are_exact() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    for (given, kept) in [
        ("1.0", "1"),
        ("0.10", "0.1"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("1e3", "1000"),
        ("-0", "0"),
    ] {
        bob.put("n", json!({ "n": { "N": given } }));
        assert_eq!(bob.get("n")["n"]["N"], kept);
    }
}

#[test]
fn a_projection_leaves_parts() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    bob.put("1", json!({
        "title": { "S": "t" }, "tags": { "L": [{ "S": "a" }, { "S": "b" }, { "M": { "x": { "N": "1" }, "y": { "N": "2" } } }] },
        "map": { "M": { "a": { "S": "1" }, "b": { "S": "2" } } },
    }));
    let read = |projection: &str, names: Value| {
        let mut body = json!({ "Key": bob.key("1"), "ProjectionExpression": projection });
        if names != Value::Null {
            body["ExpressionAttributeNames"] = names;
        }
        bob.ok("GetItem", body)["Item"].take()
    };
    assert_eq!(read("title, absent", Value::Null), json!({ "title": { "S": "t" } }));
    assert_eq!(
        read("tags[2].y, #m.b, tags[0], tags[2].x, tags[9]", json!({ "#m": "map" })),
        json!({
            "tags": { "L": [{ "S": "a" }, { "M": { "x": { "N": "1" }, "y": { "N": "2" } } }] },
            "map": { "M": { "b": { "S": "2" } } },
        })
    );
    assert_eq!(read("absent", Value::Null), json!({}));
}

#[test]
fn conditions_guard_writes() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    let put = |condition: &str, values: Value| {
        let mut body = json!({ "Item": bob.key("1"), "ConditionExpression": condition });
        body["Item"]["n"] = json!({ "N": "1" });
        if values != Value::Null {
            body["ExpressionAttributeValues"] = values;
        }
        body
    };
    bob.ok("PutItem", put("attribute_not_exists(id)", Value::Null));
    let (kind, text) = bob.err("PutItem", put("attribute_not_exists(id)", Value::Null));
    assert_eq!((kind.as_str(), text.as_str()), ("ConditionalCheckFailedException", "The conditional request failed"));
    bob.ok("PutItem", put("attribute_exists(id) AND n = :n", json!({ ":n": { "N": "1.0" } })));
    bob.err("PutItem", put("n <> :n", json!({ ":n": { "N": "1" } })));

    let mut failing = json!({ "Key": bob.key("1"), "ConditionExpression": "n > :n", "ExpressionAttributeValues": { ":n": { "N": "5" } } });
    failing["ReturnValuesOnConditionCheckFailure"] = json!("ALL_OLD");
    failing["TableName"] = json!("Notes");
    let reply = bob.dynamodb("DeleteItem", failing);
    assert_eq!(reply.body["__type"], "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException");
    assert_eq!(reply.body["Item"]["n"], json!({ "N": "1" }));
    assert_eq!(bob.get("1"), json!({ "n": { "N": "1" } }), "a refused write changes nothing");

    let gone = bob.ok("DeleteItem", json!({ "Key": bob.key("1"), "ReturnValues": "ALL_OLD" }));
    assert_eq!(gone["Attributes"]["n"], json!({ "N": "1" }));
    assert_eq!(bob.ok("DeleteItem", json!({ "Key": bob.key("1"), "ReturnValues": "ALL_OLD" })), json!({}));
}

#[test]
fn every_condition_means_what_it_says() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    bob.put("1", json!({
        "n": { "N": "10" }, "s": { "S": "hello" }, "b": { "B": "AQID" }, "bag": { "SS": ["x", "y"] }, "l": { "L": [{ "N": "1" }] },
        "m": { "M": { "k": { "S": "v" } } }, "t": { "BOOL": true },
    }));
    let values = [
        (":n", json!({ "N": "10" })),
        (":low", json!({ "N": "9" })),
        (":high", json!({ "N": "11" })),
        (":he", json!({ "S": "he" })),
        (":x", json!({ "S": "x" })),
        (":one", json!({ "N": "1" })),
        (":two", json!({ "N": "2" })),
        (":five", json!({ "N": "5" })),
        (":b", json!({ "B": "AQ==" })),
        (":v", json!({ "S": "v" })),
        (":type", json!({ "S": "SS" })),
        (":true", json!({ "BOOL": true })),
    ];
    let holds = |condition: &str| {
        let used = values
            .iter()
            .filter(|(name, _)| condition.split(|c: char| !c.is_alphanumeric() && c != ':').any(|word| word == *name));
        let used: Value =
            used.map(|(name, value)| ((*name).to_owned(), value.clone())).collect::<serde_json::Map<_, _>>().into();
        let mut body = json!({ "TableName": "Notes", "Key": bob.key("1"), "ConditionExpression": condition });
        if used != json!({}) {
            body["ExpressionAttributeValues"] = used;
        }
        let reply = bob.dynamodb("UpdateItem", body);
        assert!(
            reply.http.status == 200 || reply.text("__type").ends_with("ConditionalCheckFailedException"),
            "{condition}: {}",
            reply.body
        );
        reply.http.status == 200
    };
    for condition in [
        "n = :n",
        "n <> :low",
        "n > :low",
        "n >= :n",
        "n < :high",
        "n <= :n",
        "n BETWEEN :low AND :high",
        "n IN (:one, :n)",
        "begins_with(s, :he)",
        "begins_with(b, :b)",
        "contains(s, :he)",
        "contains(bag, :x)",
        "contains(l, :one)",
        "size(s) = :five",
        "size(bag) = :two",
        "attribute_exists(m.k)",
        "attribute_not_exists(m.j)",
        "attribute_type(bag, :type)",
        "m.k = :v",
        "l[0] = :one",
        "NOT n = :one",
        "n = :one OR n = :n AND t = :true",
        "(n = :one OR n = :n) AND t = :true",
        "s <> :n",
        "absent <> :n",
        "not n = :one",
        ":n = n",
        "n = :n and s > :he",
    ] {
        assert!(holds(condition), "{condition}");
    }
    for condition in [
        "n = :one",
        "n <> :n",
        "n < :n",
        "absent = :n",
        "absent < :n",
        "s < :n",
        "n BETWEEN :high AND :high",
        "n IN (:one, :two)",
        "begins_with(n, :he)",
        "contains(n, :one)",
        "size(n) = :two",
        "attribute_exists(l[1])",
        "n = :n AND s = :n",
        "NOT (n = :n)",
        "n = :one AND t = :true OR n = :two",
        "size(absent) = :one",
    ] {
        assert!(!holds(condition), "{condition}");
    }
}

#[test]
fn replies_have_a_checksum_and_their_type() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    for body in [json!({ "TableName": "Notes", "Key": bob.key("1") }), json!({})] {
        let reply = bob.dynamodb("GetItem", body);
        assert_eq!(reply.http.header("Content-Type"), Some("application/x-amz-json-1.0"));
        let sum: u32 = reply.http.header("x-amz-crc32").unwrap().parse().unwrap();
        assert_eq!(sum, crc32(&reply.http.body));
    }
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
}

/// Bit by bit, apart from the emulator's own.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

#[test]
fn tables_are_described_by_name_or_arn_and_reset_brings_them_back() {
    let world = open_world();
    let bob = Caller::user(&world, "bob");
    assert_eq!(bob.dynamodb("ListTables", json!({})).body, json!({ "TableNames": ["Notes"] }));
    assert_eq!(
        bob.dynamodb("ListTables", json!({ "ExclusiveStartTableName": "Notes" })).body,
        json!({ "TableNames": [] })
    );
    bob.put("1", json!({}));
    for name in ["Notes", "arn:aws:dynamodb:eu-west-1:000000000000:table/Notes"] {
        let table = bob.dynamodb("DescribeTable", json!({ "TableName": name })).body["Table"].take();
        assert_eq!(table["TableArn"], "arn:aws:dynamodb:eu-west-1:000000000000:table/Notes");
        assert_eq!((&table["TableStatus"], &table["ItemCount"]), (&json!("ACTIVE"), &json!(2)));
        assert_eq!(table["KeySchema"][0], json!({ "AttributeName": "owner", "KeyType": "HASH" }));
    }
    let shown = |world: &World| world.control("GET", "config", Value::Null)["tables"].take();
    assert_eq!(shown(&world), json!([{ "tableName": "Notes", "keys": ["owner", "id"], "itemCount": 2 }]));
    world.control("POST", "reset", json!({}));
    assert_eq!(shown(&world)[0]["itemCount"], 1);
}

#[test]
fn faults_can_be_ordered() {
    let world = World::new();
    let bob = Caller::user(&world, "bob");
    world.control("POST", "faults", json!({ "operation": "GetItem", "kind": "error", "status": 500 }));
    let reply = bob.dynamodb("GetItem", json!({ "TableName": "Notes", "Key": bob.key("1") }));
    assert_eq!(
        (reply.http.status, reply.text("__type")),
        (500, "com.amazonaws.dynamodb.v20120810#InternalServerError".into())
    );
    assert!(reply.http.header("x-amz-crc32").is_some());
    bob.get("1");
}
