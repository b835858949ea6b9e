//! Whatever identity pools, STS and APIs are sent, they answer.

use poolpass_local::core::HttpRequest;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

use crate::conformance::{self, IDENTITY_POOLS};
use crate::identity_world::{IDENTITIES, LOGIN};
use crate::world::World;

static WORLD: LazyLock<World> = LazyLock::new(World::new);

fn json_value() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        IDENTITIES,
        LOGIN,
        "authenticated",
        "Token",
        "Rules",
        "Deny",
        "login.poolpass.local",
        "a.e30.c",
        "",
    ]);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        words.prop_map(Value::from),
        Just(json!({ LOGIN: "a.e30.c" })),
    ];
    let keys = prop::sample::select(vec![
        "IdentityPoolId",
        "IdentityId",
        "Logins",
        "LoginsToRemove",
        "CustomRoleArn",
        "IdentityPoolName",
        "AllowUnauthenticatedIdentities",
        "MaxResults",
        "NextToken",
        "Roles",
        "RoleMappings",
        "Type",
        "AmbiguousRoleResolution",
        "CognitoIdentityProviders",
        "TokenDuration",
    ]);
    leaf.prop_recursive(3, 30, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(keys.clone(), inner, 0..8).prop_map(Value::from_iter),
        ]
    })
}

fn sent(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> u16 {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let response =
        WORLD.emulator.handle(HttpRequest { method: method.into(), target: target.into(), headers, body: body.into() });
    for (name, value) in &response.headers {
        assert!(value.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{name}: {value}");
    }
    response.status
}

proptest! {
    #[test]
    fn any_json_gets_a_modelled_answer(operation in prop::sample::select(conformance::operations(&IDENTITY_POOLS).collect::<Vec<_>>()), body in json_value()) {
        let reply = WORLD.identity(operation, body);
        prop_assert!(reply.http.status == 200 || reply.http.status == 400);
        prop_assert_eq!(reply.http.status == 400, reply.http.header("x-amzn-ErrorType").is_some());
    }

    #[test]
    fn any_form_gets_an_answer(form in "(Action=(AssumeRoleWithWebIdentity|GetCallerIdentity)&Version=2011-06-15&)?.{0,80}") {
        let status = sent("POST", "/", &[("Content-Type", "application/x-www-form-urlencoded")], &form);
        prop_assert!((200..500).contains(&status));
    }

    #[test]
    fn any_authorization_gets_an_answer(
        path in prop::sample::select(vec!["rest/me", "http/me", "iam/notes/shared", "lambda/notes/shared"]),
        query in ".{0,40}",
        authorization in "(Bearer )?.{0,60}|AWS4-HMAC-SHA256 Credential=[a-z0-9/_]{0,60}, SignedHeaders=[a-z;-]{0,20}, Signature=([0-9a-f]{64}|.{0,9})",
        date in "20251106T090503Z|.{0,20}",
    ) {
        let headers = [("Host", "localhost:9400"), ("Authorization", authorization.as_str()), ("X-Amz-Date", date.as_str())];
        let status = sent("GET", &format!("/api/{path}?{query}"), &headers, "");
        prop_assert!((400..500).contains(&status));
    }

    #[test]
    fn any_presigned_url_gets_an_answer(query in "(X-Amz-Algorithm=AWS4-HMAC-SHA256|X-Amz-Credential=[a-z0-9/_]{0,60}|X-Amz-Date=20251106T090503Z|X-Amz-Expires=[0-9]{1,7}|X-Amz-SignedHeaders=host|X-Amz-Signature=[0-9a-f]{64}|&|%.{0,5}){0,12}") {
        let target = format!("/api/iam/notes/shared?{query}");
        let status = sent("GET", &target, &[("Host", "localhost:9400")], "");
        prop_assert!((400..500).contains(&status));
    }
}

#[test]
fn every_operation_of_the_service_answers_an_empty_request() {
    for operation in conformance::operations(&IDENTITY_POOLS) {
        let reply = WORLD.identity(operation, json!({}));
        assert_eq!(reply.http.status, 400, "{operation}");
        let kind = reply.text("__type");
        let known = ["UnknownOperationException", "InvalidParameterException", "ValidationException"];
        assert!(known.contains(&&*kind), "{operation}: {kind}");
    }
}
