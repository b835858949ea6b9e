//! Short ways to call DynamoDB.

use poolpass_local::core::{Config, Delivery, SEED};
use serde_json::{Value, json};

use crate::conformance::{self, DYNAMODB};
use crate::signer::Signed;
use crate::world::{Reply, World};

/// A world in which every role may do everything with the sample data.
pub(crate) fn open_world() -> World {
    let all = r#""Statement": [
    { "Effect": "Allow", "Action": ["dynamodb:*", "s3:*"], "Resource": "*" },
    { "Effect": "Allow", "Action": "s3:GetObject""#;
    let narrow = "\"Statement\": [\n    { \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\"";
    assert!(SEED.contains(narrow));
    World::with(Config::from_toml(&SEED.replace(narrow, all)).unwrap())
}

/// Someone who calls DynamoDB.
pub(crate) struct Caller<'w> {
    pub(crate) world: &'w World,
    pub(crate) id: String,
    pub(crate) keys: Value,
}

impl<'w> Caller<'w> {
    pub(crate) fn guest(world: &'w World) -> Self {
        let (id, keys) = world.credentials(&json!({}));
        Self { world, id, keys }
    }

    pub(crate) fn user(world: &'w World, name: &str) -> Self {
        let (id, keys) = world.credentials(&world.logins(name));
        Self { world, id, keys }
    }

    /// Calls an operation with a signature.
    pub(crate) fn dynamodb(&self, operation: &str, body: Value) -> Reply {
        let (text, target) = (body.to_string(), format!("DynamoDB_20120810.{operation}"));
        let mut signed = Signed::new(&self.keys, "dynamodb", "POST", "/");
        signed.headers = vec![("content-type", "application/x-amz-json-1.0"), ("x-amz-target", &target)];
        signed.body = &text;
        let (http, body) = signed.send(self.world);
        if http.status == 200 && http.delivery == Delivery::Whole {
            conformance::check_output(&DYNAMODB, operation, &body);
        }
        Reply { http, body }
    }

    /// Calls an operation that must succeed. The table is `Notes`.
    #[track_caller]
    pub(crate) fn ok(&self, operation: &str, mut body: Value) -> Value {
        body["TableName"] = json!("Notes");
        let reply = self.dynamodb(operation, body);
        assert_eq!(reply.http.status, 200, "{operation}: {}", reply.body);
        reply.body
    }

    /// Calls an operation that must fail with status 400: the error's name without its namespace, and its text.
    #[track_caller]
    pub(crate) fn err(&self, operation: &str, mut body: Value) -> (String, String) {
        if body.get("TableName").is_none() {
            body["TableName"] = json!("Notes");
        }
        let reply = self.dynamodb(operation, body);
        assert_eq!(reply.http.status, 400, "{operation}: {}", reply.body);
        let kind = reply.text("__type");
        (kind.split_once('#').unwrap().1.to_owned(), reply.text("message"))
    }

    /// Puts an item into the caller's own partition.
    #[track_caller]
    pub(crate) fn put(&self, id: &str, attributes: Value) {
        let mut item = attributes;
        item["owner"] = json!({ "S": self.id });
        item["id"] = json!({ "S": id });
        self.ok("PutItem", json!({ "Item": item }));
    }

    pub(crate) fn key(&self, id: &str) -> Value {
        json!({ "owner": { "S": self.id }, "id": { "S": id } })
    }

    /// An item of the caller's own partition, without its key.
    #[track_caller]
    pub(crate) fn get(&self, id: &str) -> Value {
        let mut item = self.ok("GetItem", json!({ "Key": self.key(id) }))["Item"].take();
        if let Some(item) = item.as_object_mut() {
            item.remove("owner");
            item.remove("id");
        }
        item
    }
}
