//! Every way to prove who one is, and how each is refused.

use serde_json::{Value, json};

use crate::appsync_client::{HOST, KEY, LAMBDA, Proof, SHARED};
use crate::signer::NOW;
use crate::world::{PASSWORD, WEB, World};

const TITLES: &str = "{ listNotes { items { title owner } nextToken } }";
const NEW: &str = r#"mutation { createNote(input: { title: "mine" }) { owner } }"#;

/// The refusal of a request as a whole: status, type and text.
fn refusal(world: &World, proof: &Proof) -> (u16, String, String) {
    let (status, body) = world.appsync(proof, "/graphql", &json!({ "query": TITLES }));
    let error = &body["errors"][0];
    assert_eq!(body["errors"].as_array().map(Vec::len), Some(1), "{body}");
    (status, error["errorType"].as_str().unwrap().into(), error["message"].as_str().unwrap().into())
}

fn unauthorized(text: &str) -> (u16, String, String) {
    (401, "UnauthorizedException".into(), text.into())
}

fn oidc(world: &World) -> String {
    let logins = world.social_logins("oidc", "ada");
    logins.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned()
}

#[test]
fn every_mode_is_let_in_and_known_by_name() {
    let world = World::new();
    let tokens = world.sign_in(WEB, "alice", PASSWORD);
    let token = |name: &str| tokens[name].as_str().unwrap().to_owned();
    let (id, credentials) = world.credentials(&world.logins("bob"));
    for (proof, owner) in [
        (Proof::token(&token("AccessToken")), "alice"),
        (Proof::token(&token("IdToken")), "alice"),
        (Proof::token(&format!("Bearer {}", token("AccessToken"))), "alice"),
        (Proof::token(LAMBDA), "lambda"),
        (Proof::Credentials(credentials, NOW), id.as_str()),
    ] {
        let reply = world.graphql(&proof, NEW, Value::Null);
        assert_eq!(reply, json!({ "data": { "createNote": { "owner": owner } } }));
    }
    let reply = world.graphql(&Proof::token(&oidc(&world)), NEW, Value::Null);
    assert!(reply["data"]["createNote"]["owner"].as_str().is_some_and(|owner| !owner.is_empty()), "{reply}");
    let reply = world.graphql(&Proof::key(), TITLES, Value::Null);
    assert_eq!(
        reply["data"]["listNotes"],
        json!({ "items": [{ "title": "Welcome", "owner": "alice" }], "nextToken": null })
    );
}

#[test]
fn whoever_proves_nothing_is_told_so() {
    let world = World::new();
    let refused = |headers: Value| refusal(&world, &Proof::Headers(headers));
    assert_eq!(refused(json!({ "host": HOST })), unauthorized("Valid authorization header not provided."));
    let no_right = unauthorized("You are not authorized to make this call.");
    assert_eq!(refused(json!({ "host": HOST, "x-api-key": "da2-another" })), no_right);
    assert_eq!(refused(json!({ "host": HOST, "Authorization": "another text" })), no_right);
    let response = world.post_text(&json!({ "host": HOST }), "/graphql", "{}");
    assert_eq!(response.header("x-amzn-ErrorType"), Some("UnauthorizedException"));
    assert_eq!(response.header("Access-Control-Allow-Origin"), Some("*"));
}

#[test]
fn tokens_end_and_only_their_issuer_makes_them() {
    let world = World::new();
    let proof = Proof::access(&world, "alice");
    let Proof::Headers(headers) = &proof else { unreachable!() };
    let token = headers["Authorization"].as_str().unwrap();
    let broken = format!("{}AAAA", &token[..token.len() - 4]);
    assert_eq!(refusal(&world, &Proof::token(&broken)), unauthorized("You are not authorized to make this call."));
    world.control("POST", "keys", json!({ "roll": true }));
    assert_eq!(refusal(&world, &proof), unauthorized("You are not authorized to make this call."));
    let proof = Proof::access(&world, "alice");
    world.advance(3599);
    assert_eq!(world.appsync(&proof, "/graphql", &json!({ "query": TITLES })).0, 200);
    world.advance(1);
    assert_eq!(refusal(&world, &proof), unauthorized("Token has expired."));
}

#[test]
fn signatures_are_checked() {
    let world = World::new();
    let (_, credentials) = world.credentials(&world.logins("bob"));
    let proof = Proof::Credentials(credentials.clone(), NOW);
    let signed = proof.headers("/graphql", "{}");
    let reply = world.post_text(&signed, "/graphql", &json!({ "query": TITLES }).to_string());
    assert_eq!((reply.status, reply.header("x-amzn-ErrorType")), (403, Some("InvalidSignatureException")));
    let early = Proof::Credentials(credentials.clone(), "20251106T084902Z");
    assert_eq!(refusal(&world, &early).1, "InvalidSignatureException");
    let mut other = credentials;
    other["SessionToken"] = json!("another");
    assert_eq!(refusal(&world, &Proof::Credentials(other, NOW)).1, "UnrecognizedClientException");
}

#[test]
fn rights_are_told_field_by_field() {
    let world = World::new();
    for proof in [Proof::key(), Proof::guest(&world)] {
        let reply =
            world.graphql(&proof, "mutation X { made: createNote(input: { title: \"x\" }) { id } }", Value::Null);
        let error = json!({
            "path": ["made"], "data": null, "errorType": "Unauthorized", "errorInfo": null,
            "locations": [{ "line": 1, "column": 14, "sourceName": null }],
            "message": "Not Authorized to access createNote on type Mutation",
        });
        assert_eq!(reply, json!({ "data": { "made": null }, "errors": [error] }));
        assert_eq!(world.graphql(&proof, TITLES, Value::Null)["data"]["listNotes"]["items"][0]["title"], "Welcome");
    }
}

#[test]
fn the_group_of_editors_writes_shared_notes_by_token_and_by_role() {
    let world = World::new();
    let update =
        format!("mutation {{ updateNote(input: {{ id: \"{SHARED}\", title: \"Hello\" }}) {{ title content }} }}");
    let delete = format!("mutation {{ deleteNote(input: {{ id: \"{SHARED}\" }}) {{ id }} }}");
    for proof in [Proof::access(&world, "bob"), Proof::signer(&world, "bob"), Proof::token(LAMBDA)] {
        for (query, field) in [(&update, "updateNote"), (&delete, "deleteNote")] {
            let reply = world.graphql(&proof, query, Value::Null);
            assert_eq!(reply["errors"][0]["errorType"], "Unauthorized", "{reply}");
            let text = format!("Not Authorized to access {field} on type Mutation");
            assert_eq!((&reply["data"][field], &reply["errors"][0]["message"]), (&Value::Null, &json!(text)));
        }
        let reply =
            world.graphql(&proof, "mutation { createNote(input: { title: \"x\", shared: true }) { id } }", Value::Null);
        assert_eq!(reply["errors"][0]["errorType"], "Unauthorized", "{reply}");
    }
    let signer = Proof::signer(&world, "alice");
    assert_eq!(world.graphql(&signer, &update, Value::Null)["data"]["updateNote"]["title"], "Hello");
    let reply = world.graphql(&Proof::access(&world, "alice"), &delete, Value::Null);
    assert_eq!(reply, json!({ "data": { "deleteNote": { "id": SHARED } } }));
}

#[test]
fn the_configuration_tells_how_to_get_in() {
    let world = World::new();
    let shown = world.control("GET", "config", Value::Null);
    let api = &shown["appSync"];
    assert_eq!(api["graphqlEndpoint"], "http://localhost:9400/graphql");
    assert_eq!((&api["apiKeys"][0], &api["lambdaToken"]), (&json!(KEY), &json!(LAMBDA)));
    assert_eq!(api["channelNamespaces"], json!(["default", "notes"]));
}

#[test]
fn one_refused_field_leaves_the_others_alone() {
    let world = World::new();
    let query = format!(
        "mutation {{ own: createNote(input: {{ title: \"x\" }}) {{ title }} deleteNote(input: {{ id: \"{SHARED}\" }}) {{ id }} }}"
    );
    let reply = world.graphql(&Proof::access(&world, "bob"), &query, Value::Null);
    assert_eq!(reply["data"], json!({ "own": { "title": "x" }, "deleteNote": null }));
    assert_eq!(
        (reply["errors"].as_array().map(Vec::len), &reply["errors"][0]["path"]),
        (Some(1), &json!(["deleteNote"]))
    );
}
