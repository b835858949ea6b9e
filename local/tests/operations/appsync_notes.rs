//! The notes app over HTTP.

use serde_json::{Value, json};

use crate::appsync_client::{Proof, SHARED};
use crate::world::World;

#[test]
fn notes_are_written_read_changed_and_removed() {
    let world = World::new();
    let alice = Proof::access(&world, "alice");
    let id = world.note(&alice, "first", false);
    let read = "query Get($id: ID!) { getNote(id: $id) { __typename id owner title content shared createdAt } }";
    let note = world.graphql(&alice, read, json!({ "id": id }))["data"]["getNote"].take();
    let expected = json!({
        "__typename": "Note", "id": id, "owner": "alice", "title": "first", "content": null, "shared": false,
        "createdAt": "2025-11-06T09:05:03Z",
    });
    assert_eq!(note, expected);
    let update = "mutation U($input: UpdateNoteInput!) { updateNote(input: $input) { title content } }";
    let input = json!({ "input": { "id": id, "content": "more" } });
    let updated = world.graphql(&alice, update, input.clone());
    assert_eq!(updated["data"]["updateNote"], json!({ "title": "first", "content": "more" }));
    // To others it is not there.
    let bob = Proof::access(&world, "bob");
    assert_eq!(world.graphql(&bob, read, json!({ "id": id })), json!({ "data": { "getNote": null } }));
    assert_eq!(world.graphql(&bob, update, input)["errors"][0]["errorType"], "NotFoundException");
    let delete = "mutation D($input: DeleteNoteInput!) { deleteNote(input: $input) { id } }";
    world.graphql(&alice, delete, json!({ "input": { "id": id } }));
    assert_eq!(world.graphql(&alice, read, json!({ "id": id })), json!({ "data": { "getNote": null } }));
}

#[test]
fn lists_come_in_pages() {
    let world = World::new();
    let alice = Proof::access(&world, "alice");
    (1..=4).for_each(|number| drop(world.note(&alice, &number.to_string(), false)));
    let list = "query L($limit: Int, $next: String) { listNotes(limit: $limit, nextToken: $next) { items { title } nextToken } }";
    let mut titles = Vec::new();
    let mut next = Value::Null;
    loop {
        let page = world.graphql(&alice, list, json!({ "limit": 2, "next": next }))["data"]["listNotes"].take();
        titles.extend(page["items"].as_array().unwrap().iter().map(|note| note["title"].as_str().unwrap().to_owned()));
        next = page["nextToken"].clone();
        if next.is_null() {
            break;
        }
    }
    assert_eq!(titles, ["Welcome", "1", "2", "3", "4"]);
    for wrong in [json!({ "limit": 0 }), json!({ "limit": 1001 }), json!({ "limit": 1, "next": "x" })] {
        let reply = world.graphql(&alice, list, wrong);
        assert_eq!(reply["errors"][0]["errorType"], "BadRequestException", "{reply}");
    }
}

#[test]
fn what_is_no_graphql_is_told_apart_from_what_the_schema_refuses() {
    let world = World::new();
    let key = Proof::key();
    let post = |body: Value| world.appsync(&key, "/graphql", &body);
    for body in [
        json!([]),
        json!({ "variables": {} }),
        json!({ "query": "{ listNotes" }),
        json!({ "query": "query A { __typename } query B { __typename }" }),
        json!({ "query": "query A { __typename } query B { __typename }", "operationName": "C" }),
    ] {
        let (status, reply) = post(body.clone());
        assert_eq!(
            (status, &reply["errors"][0]["errorType"]),
            (400, &json!("MalformedHttpRequestException")),
            "{body}"
        );
    }
    for query in ["{ nothing }", "{ getNote { id } }", "{ listNotes }", "mutation { createNote(input: {}) { id } }"] {
        let (status, reply) = post(json!({ "query": query }));
        assert_eq!((status, &reply["data"]), (200, &Value::Null), "{query}");
        assert_eq!(reply["errors"][0]["errorType"], "ValidationError", "{reply}");
    }
    let (status, reply) = post(json!({ "query": "subscription { onCreateNote { id } }" }));
    assert_eq!((status, &reply["errors"][0]["errorType"]), (400, &json!("UnsupportedOperation")));
    let two = json!({ "query": "query A { __typename } query B { listNotes { __typename } }", "operationName": "A" });
    assert_eq!(post(two).1, json!({ "data": { "__typename": "Query" } }));
}

#[test]
fn the_schema_can_be_asked_for() {
    let world = World::new();
    let query = "{ __schema { subscriptionType { fields { name args { name } type { name } } } } __type(name: \"Note\") { fields { name } } }";
    let reply = world.graphql(&Proof::key(), query, Value::Null);
    let field = |name: &str| json!({ "name": name, "args": [{ "name": "owner" }], "type": { "name": "Note" } });
    let expected = json!([field("onCreateNote"), field("onUpdateNote"), field("onDeleteNote")]);
    assert_eq!(reply["data"]["__schema"]["subscriptionType"]["fields"], expected, "{reply}");
    let fields = ["id", "owner", "title", "content", "shared", "createdAt"].map(|name| json!({ "name": name }));
    assert_eq!(reply["data"]["__type"]["fields"], json!(fields));
}

#[test]
fn a_reset_brings_the_first_notes_back() {
    let world = World::new();
    let alice = Proof::access(&world, "alice");
    world.note(&alice, "gone soon", true);
    world.graphql(&alice, &format!("mutation {{ deleteNote(input: {{ id: \"{SHARED}\" }}) {{ id }} }}"), Value::Null);
    world.control("POST", "reset", json!({}));
    let reply = world.graphql(&Proof::key(), "{ listNotes { items { title } } }", Value::Null);
    assert_eq!(reply["data"]["listNotes"]["items"], json!([{ "title": "Welcome" }]));
}

#[test]
fn faults_hit_requests() {
    let world = World::new();
    world.control("POST", "faults", json!({ "operation": "/graphql", "kind": "error", "status": 401 }));
    let (status, reply) = world.appsync(&Proof::key(), "/graphql", &json!({ "query": "{ __typename }" }));
    let error = json!({ "errors": [{ "errorType": "UnauthorizedException", "message": "This fault was ordered." }] });
    assert_eq!((status, reply), (401, error));
    assert_eq!(
        world.graphql(&Proof::key(), "{ __typename }", Value::Null),
        json!({ "data": { "__typename": "Query" } })
    );
}
