//! The API behind IAM: who may do what with which note.

use serde_json::{Value, json};

use crate::api_rest::call;
use crate::identity_world::IDENTITIES;
use crate::signer::Signed;
use crate::world::World;

fn status(world: &World, credentials: &Value, method: &str, owner: &str) -> u16 {
    let target = format!("/api/iam/notes/{owner}");
    let (response, body) = Signed::new(credentials, "execute-api", method, &target).send(world);
    if response.status == 403 {
        let text = body["message"].as_str().unwrap();
        assert!(text.starts_with("User: arn:aws:sts::000000000000:assumed-role/poolpass-"), "{text}");
        let arn = format!("arn:aws:execute-api:eu-west-1:000000000000:iam/local/{method}/notes/{owner}");
        assert!(
            text.contains(&format!("is not authorized to perform: execute-api:Invoke on resource: {arn}")),
            "{text}"
        );
        assert_eq!(response.header("x-amzn-ErrorType"), Some("AccessDeniedException"));
        assert_eq!(response.header("Access-Control-Allow-Origin"), Some("*"), "this API has CORS headers on errors");
    }
    response.status
}

#[test]
fn guests_read_users_write_their_own_and_editors_write_what_is_shared() {
    let world = World::new();
    let (guest, guest_keys) = world.credentials(&json!({}));
    let (bob, bob_keys) = world.credentials(&world.logins("bob"));
    let (alice, alice_keys) = world.credentials(&world.logins("alice"));
    for (keys, method, owner, expected) in [
        (&guest_keys, "GET", "shared", 200),
        (&guest_keys, "PUT", "shared", 403),
        (&guest_keys, "GET", guest.as_str(), 403),
        (&bob_keys, "GET", "shared", 200),
        (&bob_keys, "PUT", "shared", 403),
        (&bob_keys, "PUT", bob.as_str(), 200),
        (&bob_keys, "DELETE", bob.as_str(), 200),
        (&bob_keys, "GET", alice.as_str(), 403),
        (&alice_keys, "PUT", "shared", 200),
        (&alice_keys, "PUT", alice.as_str(), 200),
        (&alice_keys, "GET", bob.as_str(), 403),
    ] {
        assert_eq!(status(&world, keys, method, owner), expected, "{method} {owner}");
    }
}

#[test]
fn the_integration_is_told_who_called() {
    let world = World::new();
    let (id, keys) = world.credentials(&world.logins("alice"));
    let (_, body) = Signed::new(&keys, "execute-api", "GET", "/api/iam/notes/shared").send(&world);
    let told = &body["authorizer"]["iam"];
    assert_eq!((&told["accessKey"], &told["accountId"]), (&keys["AccessKeyId"], &json!("000000000000")));
    assert_eq!(
        told["userArn"],
        json!("arn:aws:sts::000000000000:assumed-role/poolpass-editors/CognitoIdentityCredentials")
    );
    let identity = &told["cognitoIdentity"];
    assert_eq!((&identity["identityId"], &identity["identityPoolId"]), (&json!(id), &json!(IDENTITIES)));
    assert_eq!(identity["type"], json!("authenticated"));
    assert!(identity["provider"].as_str().unwrap().contains(":CognitoSignIn:"));
    assert_eq!(body["pathParameters"], json!({ "owner": "shared" }));
    let text = body.to_string();
    assert!(
        !text.contains(keys["SecretKey"].as_str().unwrap()) && !text.contains(keys["SessionToken"].as_str().unwrap())
    );
}

#[test]
fn credentials_end_by_the_clock() {
    let world = World::new();
    let (_, keys) = world.credentials(&json!({}));
    world.advance(3599);
    let mut request = Signed::new(&keys, "execute-api", "GET", "/api/iam/notes/shared");
    request.time = "20251106T100502Z";
    assert_eq!(request.send(&world).0.status, 200);
    world.advance(1);
    let (response, body) = request.send(&world);
    assert_eq!((response.status, response.header("x-amzn-ErrorType")), (403, Some("ExpiredTokenException")));
    assert_eq!(body, json!({ "message": "The security token included in the request is expired" }));
}

#[test]
fn without_a_signature_there_is_no_way_in() {
    let world = World::new();
    let (response, body) = call(&world, "GET", "/api/iam/notes/shared", None);
    assert_eq!((response.status, body), (403, json!({ "message": "Missing Authentication Token" })));
    assert_eq!(response.header("x-amzn-ErrorType"), Some("MissingAuthenticationTokenException"));
    let id = world.sign_in(crate::world::WEB, "alice", crate::world::PASSWORD)["IdToken"].as_str().unwrap().to_owned();
    let (response, body) = call(&world, "GET", "/api/iam/notes/shared", Some(&id));
    assert_eq!(response.status, 403);
    assert!(
        body["message"].as_str().unwrap().starts_with("Authorization header requires 'Credential' parameter."),
        "{body}"
    );
}
