//! DynamoDB: who may do what with whose notes.

use serde_json::{Value, json};

use crate::dynamodb_world::{Caller, open_world};
use crate::world::{START_MS, World};

/// One call about a note of someone: the status.
fn status(caller: &Caller<'_>, operation: &str, owner: &str) -> u16 {
    let key = json!({ "owner": { "S": owner }, "id": { "S": "welcome" } });
    let body = match operation {
        "GetItem" | "DeleteItem" => json!({ "TableName": "Notes", "Key": key }),
        "PutItem" => json!({ "TableName": "Notes", "Item": key }),
        "UpdateItem" => json!({
            "TableName": "Notes", "Key": key, "UpdateExpression": "SET title = :t", "ExpressionAttributeValues": { ":t": { "S": "x" } },
        }),
        "Query" => json!({
            "TableName": "Notes", "KeyConditionExpression": "#o = :o", "ExpressionAttributeNames": { "#o": "owner" },
            "ExpressionAttributeValues": { ":o": { "S": owner } },
        }),
        _ => json!({ "TableName": "Notes" }),
    };
    let reply = caller.dynamodb(operation, body);
    if reply.http.status == 400 {
        assert_eq!(reply.body["__type"], "com.amazon.coral.service#AccessDeniedException");
        let arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/Notes";
        let text = format!(
            "is not authorized to perform: dynamodb:{operation} on resource: {arn} because no identity-based policy allows the dynamodb:{operation} action"
        );
        assert!(reply.text("message").ends_with(&text), "{}", reply.body);
    }
    reply.http.status
}

#[test]
fn guests_read_what_is_shared_users_write_their_own_and_editors_both() {
    let world = World::new();
    let (guest, bob, alice) = (Caller::guest(&world), Caller::user(&world, "bob"), Caller::user(&world, "alice"));
    let writes = ["PutItem", "UpdateItem", "DeleteItem"];
    let reads = ["GetItem", "Query"];
    for (caller, owner, may_read, may_write) in [
        (&guest, "shared", true, false),
        (&guest, guest.id.as_str(), false, false),
        (&bob, "shared", true, false),
        (&bob, &bob.id, true, true),
        (&bob, &alice.id, false, false),
        (&alice, "shared", true, true),
        (&alice, &alice.id, true, true),
        (&alice, &bob.id, false, false),
    ] {
        for (operations, may) in [(&reads[..], may_read), (&writes[..], may_write)] {
            for operation in operations {
                assert_eq!(status(caller, operation, owner) == 200, may, "{operation} {owner}");
            }
        }
    }
    for caller in [&guest, &bob, &alice] {
        assert_eq!(status(caller, "Scan", ""), 400, "nobody may see all notes");
        assert_eq!(status(caller, "DescribeTable", ""), 400);
    }
}

#[test]
fn what_is_not_there_is_told_only_to_those_who_may_ask() {
    let narrow = World::new();
    let query = || json!({ "TableName": "Nothing", "Key": { "a": { "S": "b" } } });
    assert_eq!(Caller::guest(&narrow).err("GetItem", query()).0, "AccessDeniedException");
    let open = open_world();
    let guest = Caller::guest(&open);
    assert_eq!(
        guest.err("GetItem", query()),
        ("ResourceNotFoundException".into(), "Requested resource not found".into())
    );
    let (kind, text) = guest.err("DescribeTable", json!({ "TableName": "Nothing" }));
    assert_eq!(
        (kind.as_str(), text.as_str()),
        ("ResourceNotFoundException", "Requested resource not found: Table: Nothing not found")
    );
}

#[test]
fn a_policy_can_name_attributes() {
    let seed = poolpass_local::core::SEED;
    let narrow = r#""Condition": { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "shared" } }"#;
    assert!(seed.contains(narrow));
    let names = r#""Condition": { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["owner", "id", "title"] },
        "StringEqualsIfExists": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" } }"#;
    let world = World::with(poolpass_local::core::Config::from_toml(&seed.replacen(narrow, names, 1)).unwrap());
    let guest = Caller::guest(&world);
    let query = |projection: Option<&str>| {
        let mut body = json!({
            "KeyConditionExpression": "#o = :o", "ExpressionAttributeNames": { "#o": "owner" },
            "ExpressionAttributeValues": { ":o": { "S": "shared" } },
        });
        if let Some(projection) = projection {
            body["ProjectionExpression"] = json!(projection);
        }
        body
    };
    assert_eq!(guest.ok("Query", query(Some("id, title")))["Count"], 1);
    assert_eq!(guest.err("Query", query(Some("id, content"))).0, "AccessDeniedException");
    assert_eq!(guest.err("Query", query(None)).0, "AccessDeniedException");
}

#[test]
fn only_signatures_with_credentials_of_the_emulator_count() {
    let world = World::new();
    let mut guest = Caller::guest(&world);
    let body = || json!({ "Key": { "owner": { "S": "shared" }, "id": { "S": "welcome" } } });
    assert_eq!(guest.ok("GetItem", body())["Item"]["title"], json!({ "S": "Welcome" }));
    guest.keys["SecretKey"] = json!("another");
    let (kind, text) = guest.err("GetItem", body());
    assert_eq!(kind, "InvalidSignatureException");
    assert!(text.contains("The Canonical String for this request should have been"), "{text}");
    guest.keys["AccessKeyId"] = json!("AKIDEXAMPLE");
    let (kind, text) = guest.err("GetItem", body());
    assert_eq!(
        (kind.as_str(), text.as_str()),
        ("UnrecognizedClientException", "The security token included in the request is invalid.")
    );
    let unsigned = crate::world::service_request("GetItem", body().to_string());
    let headers = unsigned.headers.into_iter().map(|(name, value)| match name.as_str() {
        "X-Amz-Target" => (name, "DynamoDB_20120810.GetItem".to_owned()),
        _ => (name, value),
    });
    let headers = headers.collect();
    let reply =
        world.emulator.handle(poolpass_local::core::HttpRequest { headers, ..crate::world::service_request("", "{}") });
    let told: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(told["__type"], "com.amazon.coral.service#MissingAuthenticationTokenException");
}

#[test]
fn credentials_and_clocks_have_an_end() {
    let world = World::new();
    let guest = Caller::guest(&world);
    let body = || json!({ "Key": { "owner": { "S": "shared" }, "id": { "S": "welcome" } } });
    world.advance(901);
    let (kind, text) = guest.err("GetItem", body());
    assert_eq!(kind, "InvalidSignatureException");
    assert_eq!(
        text,
        "Signature expired: 20251106T090503Z is now earlier than 20251106T090504Z (20251106T092004Z - 15 min.)"
    );
    world.advance(3600 - 901);
    assert_eq!(guest.err("GetItem", body()).0, "ExpiredTokenException");
    let log = world.control("GET", "requests", Value::Null);
    let last = log["log"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["operation"], "GetItem");
    assert_eq!(last["errorType"], "ExpiredTokenException");
    assert_eq!(last["atMs"], START_MS + 3_600_000);
}
