//! Whatever DynamoDB is sent, it answers as its model says.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

use crate::dynamodb_world::{Caller, open_world};
use crate::world::World;

static WORLD: LazyLock<World> = LazyLock::new(open_world);
static BOB: LazyLock<Caller<'static>> = LazyLock::new(|| Caller::user(&WORLD, "bob"));

const OPERATIONS: [&str; 8] =
    ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "ListTables", "DescribeTable"];

fn attribute() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        ".{0,9}".prop_map(|text| json!({ "S": text })),
        "-?[0-9]{1,40}([.][0-9]{0,9})?(e-?[0-9]{1,4})?".prop_map(|text| json!({ "N": text })),
        any::<bool>().prop_map(|value| json!({ "BOOL": value })),
        Just(json!({ "NULL": true })),
        prop::collection::vec("[a-c]{0,2}", 0..3).prop_map(|set| json!({ "SS": set })),
        "[A-Za-z0-9+/=]{0,8}".prop_map(|text| json!({ "B": text })),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|list| json!({ "L": list })),
            prop::collection::btree_map("[a-c]", inner, 0..3).prop_map(|map| json!({ "M": map })),
        ]
    })
}

fn expression() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "a",
        "b.c",
        "l[0]",
        "#o",
        ":v",
        ":w",
        "=",
        "<",
        "<>",
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        ",",
        "BETWEEN",
        "IN",
        "attribute_exists(a)",
        "begins_with(a, :v)",
        "size(a)",
        "SET",
        "REMOVE",
        "ADD",
        "DELETE",
        "+",
        "-",
        "if_not_exists(a, :v)",
        "list_append(l, :v)",
        "id",
        "[",
        ".",
    ]);
    prop::collection::vec(words, 1..9).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_request_gets_a_modelled_answer(
        operation in prop::sample::select(OPERATIONS.to_vec()),
        members in prop::collection::btree_map(prop::sample::select(vec![
            "ConditionExpression", "UpdateExpression", "KeyConditionExpression", "FilterExpression", "ProjectionExpression",
        ]), expression(), 0..3),
        item in prop::collection::btree_map(prop::sample::select(vec!["a", "b", "l", "id", "owner"]), attribute(), 0..4),
        value in attribute(),
        limit in prop::option::of(0..4_i64),
    ) {
        let mut body = json!(members);
        body["TableName"] = json!("Notes");
        body["ExpressionAttributeValues"] = json!({ ":v": value, ":w": { "N": "1" } });
        body["ExpressionAttributeNames"] = json!({ "#o": "owner" });
        body["Limit"] = json!(limit);
        let mut item = json!(item);
        for (name, value) in [("owner", "me"), ("id", "1")] {
            if item.get(name).is_none() {
                item[name] = json!({ "S": value });
            }
        }
        match operation {
            "PutItem" => body["Item"] = item,
            "GetItem" | "UpdateItem" | "DeleteItem" => body["Key"] = json!({ "owner": item["owner"], "id": item["id"] }),
            _ => {}
        }
        // Members that an operation does not have would end every request at once.
        let members: &[&str] = match operation {
            "GetItem" => &["Key", "ProjectionExpression", "ExpressionAttributeNames"],
            "PutItem" => &["Item", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"],
            "DeleteItem" => &["Key", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"],
            "UpdateItem" => &["Key", "UpdateExpression", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"],
            "Query" => &["KeyConditionExpression", "FilterExpression", "ProjectionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", "Limit"],
            "Scan" => &["FilterExpression", "ProjectionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", "Limit"],
            _ => &["Limit"],
        };
        body.as_object_mut().unwrap().retain(|name, _| name == "TableName" && operation != "ListTables" || members.contains(&name.as_str()));
        let reply = BOB.dynamodb(operation, body);
        prop_assert!(reply.http.status == 200 || reply.http.status == 400);
        prop_assert_eq!(reply.http.status == 400, reply.text("__type").contains('#'));
    }
}

#[test]
fn every_operation_of_the_service_answers_an_empty_request() {
    for operation in crate::conformance::operations(&crate::conformance::DYNAMODB) {
        let reply = BOB.dynamodb(operation, json!({}));
        assert!(reply.http.status == 400 || operation == "ListTables", "{operation}");
    }
}
