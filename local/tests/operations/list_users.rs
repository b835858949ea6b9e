//! ListUsers.

use serde_json::{Value, json};

use crate::world::{POOL, World, assert_error};

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

#[test]
fn a_wanted_attribute_that_somebody_lacks_is_an_error() {
    let world = World::new();
    let wanted = |filter: &str, names: Value| json!({ "UserPoolId": POOL, "Filter": filter, "AttributesToGet": names });
    world.ok("ListUsers", wanted("", json!(["sub", "email", "email"])));
    for (filter, name) in [("", "birthdate"), (r#"username = "bob""#, "birthdate"), ("", "custom:none")] {
        let error = world.err("ListUsers", wanted(filter, json!(["email", name])));
        assert_error(error, "InvalidParameterException", "One or more requested attributes do not exist.");
    }
    // Nobody lacks it where nobody is found.
    assert_eq!(names(&world.ok("ListUsers", wanted(r#"username = "x""#, json!(["birthdate"])))), [""; 0]);
}

#[test]
fn a_token_is_good_for_the_same_search_only() {
    let world = World::new();
    let page = |filter: &str, token: &Value| json!({ "UserPoolId": POOL, "Filter": filter, "Limit": 1, "PaginationToken": token });
    let filter = r#"email ^= "" "#;
    let token = world.ok("ListUsers", page(filter, &Value::Null))["PaginationToken"].take();
    assert_eq!(names(&world.ok("ListUsers", page(filter, &token))), ["bob"]);
    for other in ["", r#"name ^= """#] {
        assert_eq!(world.err("ListUsers", page(other, &token)).0, "InvalidParameterException", "{other}");
    }
    assert_eq!(world.err("ListUsers", json!({ "UserPoolId": "eu-west-1_None" })).0, "ResourceNotFoundException");
}
