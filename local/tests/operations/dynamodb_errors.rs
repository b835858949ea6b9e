//! DynamoDB: what it refuses, in its words.

use serde_json::{Value, json};

use crate::dynamodb_world::{Caller, open_world};

fn refused(caller: &Caller<'_>, operation: &str, body: Value, word: &str) {
    let (kind, text) = caller.err(operation, body.clone());
    assert_eq!(kind, "ValidationException", "{body}: {text}");
    assert!(text.contains(word), "{body}: {text}");
}

#[test]
fn keys_must_fit_the_schema() {
    let world = open_world();
    let bob = Caller::user(&world, "bob");
    let s = |text: &str| json!({ "S": text });
    for (key, word) in [
        (json!({ "owner": s("a") }), "The provided key element does not match the schema"),
        (json!({ "owner": s("a"), "id": s("b"), "c": s("d") }), "does not match the schema"),
        (json!({ "owner": s("a"), "other": s("b") }), "does not match the schema"),
        (json!({ "owner": s("a"), "id": { "N": "1" } }), "does not match the schema"),
        (json!({ "owner": s("a"), "id": s("") }), "cannot contain an empty string value. Key: id"),
        (
            json!({ "owner": s("a"), "id": s(&"x".repeat(1025)) }),
            "Size of rangekey has exceeded the maximum size limit of 1024 bytes",
        ),
        (
            json!({ "owner": s(&"x".repeat(2049)), "id": s("a") }),
            "Size of hashkey has exceeded the maximum size limit of 2048 bytes",
        ),
        (json!({ "owner": s("a"), "id": {} }), "Supplied AttributeValue is empty"),
        (json!({ "owner": s("a"), "id": { "S": "a", "N": "1" } }), "more than one datatypes"),
    ] {
        for operation in ["GetItem", "DeleteItem", "UpdateItem"] {
            refused(&bob, operation, json!({ "Key": key }), word);
        }
    }
    refused(&bob, "PutItem", json!({ "Item": { "owner": s("a") } }), "Missing the key id in the item");
    let wrong = json!({ "Item": { "owner": s("a"), "id": { "BOOL": true } } });
    refused(&bob, "PutItem", wrong, "Type mismatch for key id expected: S actual: BOOL");
    refused(&bob, "PutItem", json!({ "Item": { "owner": s("a"), "id": s("b"), "": s("c") } }), "attribute name");
}

#[test]
fn expressions_must_be_whole() {
    let world = open_world();
    let bob = Caller::user(&world, "bob");
    let with = |expression: &str, values: Value, names: Value| {
        let mut body = json!({ "Item": bob.key("1"), "ConditionExpression": expression });
        for (member, value) in [("ExpressionAttributeValues", values), ("ExpressionAttributeNames", names)] {
            if value != Value::Null {
                body[member] = value;
            }
        }
        body
    };
    let v = || json!({ ":v": { "N": "1" } });
    let deep = format!("{}a = :v{}", "(".repeat(200), ")".repeat(200));
    for (expression, values, names, word) in [
        (
            "a = :w",
            v(),
            Value::Null,
            "An expression attribute value used in expression is not defined; attribute value: :w",
        ),
        (
            "#a = :v",
            v(),
            Value::Null,
            "An expression attribute name used in the document path is not defined; attribute name: #a",
        ),
        (
            "attribute_exists(a)",
            v(),
            Value::Null,
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
        ),
        (
            "a = :v",
            v(),
            json!({ "#x": "y" }),
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}",
        ),
        ("a = :v", v(), json!({ "x": "y" }), "ExpressionAttributeNames contains invalid key: Syntax error; key: \"x\""),
        ("a = :v", json!({ "v": { "N": "1" } }), Value::Null, "ExpressionAttributeValues contains invalid key"),
        ("a = :v", json!({}), Value::Null, "ExpressionAttributeValues must not be empty"),
        ("a = ", Value::Null, Value::Null, "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"=\""),
        ("a == :v", v(), Value::Null, "Syntax error; token: \"=\", near: \"= = :v\""),
        ("a = :v AND", v(), Value::Null, "Syntax error"),
        ("(a = :v", v(), Value::Null, "Syntax error"),
        ("a = :v)", v(), Value::Null, "Syntax error"),
        ("a", Value::Null, Value::Null, "Syntax error"),
        ("a ? b", Value::Null, Value::Null, "Syntax error; token: \"?\""),
        ("is(a)", Value::Null, Value::Null, "Invalid function name; function: is"),
        ("owner = :v", v(), Value::Null, "Attribute name is a reserved keyword; reserved keyword: owner"),
        ("attribute_type(a, :v)", v(), Value::Null, "Incorrect operand type for operator or function"),
        (
            "attribute_type(a, :v)",
            json!({ ":v": { "S": "X" } }),
            Value::Null,
            "Invalid attribute type name found; type: X",
        ),
        ("begins_with(a, :v)", v(), Value::Null, "operator or function: begins_with, operand type: N"),
        ("a < :v", json!({ ":v": { "BOOL": true } }), Value::Null, "operator or function: <, operand type: BOOL"),
        (
            "a BETWEEN :v AND :w",
            json!({ ":v": { "N": "2" }, ":w": { "N": "1" } }),
            Value::Null,
            "The BETWEEN operator requires",
        ),
        (deep.as_str(), v(), Value::Null, "nested too deeply"),
        (&"a".repeat(4097), Value::Null, Value::Null, "Expression size has exceeded the maximum allowed size"),
        ("", Value::Null, Value::Null, "The expression can not be empty"),
    ] {
        refused(&bob, "PutItem", with(expression, values, names), word);
    }
    refused(
        &bob,
        "PutItem",
        json!({ "Item": bob.key("1"), "ExpressionAttributeValues": v() }),
        "can only be specified when using expressions",
    );
    let overlap = json!({ "Key": bob.key("1"), "ProjectionExpression": "a, a.b" });
    refused(
        &bob,
        "GetItem",
        overlap,
        "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]",
    );
}

#[test]
fn queries_must_name_one_partition() {
    let world = open_world();
    let bob = Caller::user(&world, "bob");
    let base = |condition: &str, values: Value| {
        json!({
            "KeyConditionExpression": condition, "ExpressionAttributeNames": { "#o": "owner" }, "ExpressionAttributeValues": values,
        })
    };
    let (a, ab) = (json!({ ":a": { "S": "a" } }), json!({ ":a": { "S": "a" }, ":b": { "S": "b" } }));
    for (condition, values, word) in [
        ("#o > :a", &a, "Query key condition not supported"),
        ("#o = :a AND title = :b", &ab, "Query condition missed key schema element: id"),
        ("#o = :a OR id = :b", &ab, "Invalid KeyConditionExpression"),
        ("#o = :a AND id <> :b", &ab, "Invalid KeyConditionExpression"),
        ("#o = :a AND id IN (:b)", &ab, "Invalid KeyConditionExpression"),
        ("NOT #o = :a", &a, "Invalid KeyConditionExpression"),
    ] {
        refused(&bob, "Query", base(condition, values.clone()), word);
    }
    let number = json!({ ":a": { "S": "a" }, ":b": { "N": "1" } });
    refused(&bob, "Query", base("#o = :a AND id = :b", number), "Condition parameter type does not match schema type");
    let mut body = json!({ "KeyConditionExpression": "id = :a", "ExpressionAttributeValues": a });
    refused(&bob, "Query", body.clone(), "Query condition missed key schema element: owner");
    body["KeyConditionExpression"] = Value::Null;
    body["ExpressionAttributeValues"] = Value::Null;
    refused(&bob, "Query", body, "Either the KeyConditions or KeyConditionExpression parameter must be specified");
    let with = |member: &str, value: Value| {
        let mut body = base("#o = :a", json!({ ":a": { "S": "a" } }));
        body[member] = value;
        body
    };
    refused(
        &bob,
        "Query",
        with("FilterExpression", json!("id = :a")),
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: id",
    );
    refused(
        &bob,
        "Query",
        with("ExclusiveStartKey", json!({ "owner": { "S": "a" } })),
        "The provided starting key is invalid",
    );
    let elsewhere = json!({ "owner": { "S": "b" }, "id": { "S": "b" } });
    refused(&bob, "Query", with("ExclusiveStartKey", elsewhere), "starting key is outside query boundaries");
    refused(&bob, "Query", with("Limit", json!(0)), "greater than or equal to 1");
    refused(&bob, "Query", with("Select", json!("SPECIFIC_ATTRIBUTES")), "Must specify the ProjectionExpression");
    refused(&bob, "Query", with("Select", json!("ALL_PROJECTED_ATTRIBUTES")), "only when Querying using an IndexName");
}

#[test]
fn what_is_not_supported_is_refused_by_name() {
    let world = open_world();
    let bob = Caller::user(&world, "bob");
    for (operation, member, value) in [
        ("GetItem", "AttributesToGet", json!(["a"])),
        ("GetItem", "ReturnConsumedCapacity", json!("TOTAL")),
        ("PutItem", "Expected", json!({ "a": { "Exists": false } })),
        ("PutItem", "ReturnItemCollectionMetrics", json!("SIZE")),
        ("Query", "IndexName", json!("byTitle")),
        ("Query", "KeyConditions", json!({})),
        ("Scan", "TotalSegments", json!(2)),
    ] {
        let mut body = match operation {
            "GetItem" => json!({ "Key": bob.key("1") }),
            "PutItem" => json!({ "Item": bob.key("1") }),
            _ => json!({}),
        };
        body[member] = value;
        refused(&bob, operation, body, "poolpass-local does not support");
    }
    let (kind, text) = bob.err("BatchGetItem", json!({ "RequestItems": {} }));
    assert_eq!(
        (kind.as_str(), text.as_str()),
        ("UnknownOperationException", "poolpass-local does not support BatchGetItem yet.")
    );
    assert_eq!(bob.err("Nothing", json!({})).0, "UnknownOperationException");
    refused(
        &bob,
        "PutItem",
        json!({ "Item": bob.key("1"), "ReturnValues": "ALL_NEW" }),
        "Return values set to invalid value",
    );
    refused(&bob, "GetItem", json!({}), "Value null at 'key' failed to satisfy constraint: Member must not be null");
    refused(&bob, "GetItem", json!({ "Key": bob.key("1"), "Nonsense": 1 }), "nonsense");
    assert_eq!(bob.err("GetItem", json!({ "Key": "text" })).0, "SerializationException");
}
