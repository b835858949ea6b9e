//! ListUsers.

use serde_json::{Value, json};

use crate::world::{POOL, World};

fn names(reply: &Value) -> Vec<String> {
    reply["Users"].as_array().unwrap().iter().map(|user| user["Username"].as_str().unwrap().to_owned()).collect()
}

fn filtered(filter: &str) -> Value {
    json!({ "UserPoolId": POOL, "Filter": filter })
}

#[test]
fn filters_match_whole_values_and_prefixes() {
    let world = World::new();
    for (filter, expected) in [
        ("", vec!["alice", "bob", "carol", "dave", "erin", "frank"]),
        (r#"username = "bob""#, vec!["bob"]),
        (r#"email = "carol@example.com""#, vec!["carol"]),
        (r#"email ^= "a""#, vec!["alice"]),
        (r#""email"^="b""#, vec!["bob"]),
        (r#"email = "carol""#, vec![]),
        // botocore 1.44.5, `ListUsersRequest$Filter`: case counts for username and status only.
        (r#"email = "ALICE@Example.com""#, vec!["alice"]),
        (r#"email ^= "BO""#, vec!["bob"]),
        (r#"username = "BOB""#, vec![]),
        (r#"username ^= "B""#, vec![]),
        (r#"status = "disabled""#, vec![]),
        (r#"cognito:user_status = "unconfirmed""#, vec!["carol"]),
        (r#"cognito:user_status = "FORCE_CHANGE_PASSWORD""#, vec!["dave"]),
        (r#"status = "Disabled""#, vec!["erin"]),
        (r#"name = "x \" y""#, vec![]),
    ] {
        assert_eq!(names(&world.ok("ListUsers", filtered(filter))), expected, "{filter}");
    }
    for wrong in ["email", "email = x", r#"email = "x"#, r#"email ~ "x""#, r#"custom:x = "y""#, r#"email = "x" or"#] {
        assert_eq!(world.err("ListUsers", filtered(wrong)).0, "InvalidParameterException", "{wrong}");
    }
}

#[test]
fn pages_follow_one_another() {
    let world = World::new();
    let mut seen = Vec::new();
    let mut token = Value::Null;
    loop {
        let page = world.ok("ListUsers", json!({ "UserPoolId": POOL, "Limit": 2, "PaginationToken": token }));
        seen.extend(names(&page));
        match page.get("PaginationToken") {
            Some(next) => token = next.clone(),
            None => break,
        }
    }
    assert_eq!(seen, ["alice", "bob", "carol", "dave", "erin", "frank"]);
    let wrong = json!({ "UserPoolId": POOL, "PaginationToken": "!!!" });
    assert_eq!(world.err("ListUsers", wrong).0, "InvalidParameterException");
}

#[test]
fn only_the_wanted_attributes_are_shown() {
    let world = World::new();
    let body = json!({ "UserPoolId": POOL, "Filter": r#"username = "alice""#, "AttributesToGet": ["email"] });
    let attributes = world.ok("ListUsers", body)["Users"][0]["Attributes"].take();
    assert_eq!(attributes, json!([{ "Name": "email", "Value": "alice@example.com" }]));
}
