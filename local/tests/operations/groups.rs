//! Groups and their members.

use serde_json::{Value, json};

use crate::world::{POOL, START_MS, WEB, World, assert_error, claims};

const ROLE: &str = "arn:aws:iam::000000000000:role/writers";

fn group(name: &str) -> Value {
    json!({ "UserPoolId": POOL, "GroupName": name })
}

fn member(user: &str, group: &str) -> Value {
    json!({ "UserPoolId": POOL, "GroupName": group, "Username": user })
}

fn names(list: &Value, name: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|entry| entry[name].as_str().unwrap().to_owned()).collect()
}

/// All pages of a list, one entry each.
fn pages(world: &World, operation: &str, body: &Value, list: &str, name: &str) -> Vec<String> {
    let (mut seen, mut body) = (Vec::new(), body.clone());
    body["Limit"] = json!(1);
    loop {
        let page = world.ok(operation, body.clone());
        assert!(page[list].as_array().unwrap().len() <= 1);
        seen.extend(names(&page[list], name));
        match page.get("NextToken") {
            Some(token) => body["NextToken"] = token.clone(),
            None => return seen,
        }
    }
}

#[test]
fn a_group_is_made_shown_changed_and_deleted() {
    let world = World::new();
    let mut body = group("writers");
    (body["Description"], body["Precedence"], body["RoleArn"]) = (json!("They write."), json!(2), json!(ROLE));
    let made = world.ok("CreateGroup", body.clone())["Group"].take();
    let seconds = START_MS as f64 / 1000.0;
    let expected = json!({
        "GroupName": "writers", "UserPoolId": POOL, "Description": "They write.", "Precedence": 2, "RoleArn": ROLE,
        "CreationDate": seconds, "LastModifiedDate": seconds,
    });
    assert_eq!(made, expected);
    assert_eq!(world.ok("GetGroup", group("writers"))["Group"], expected);
    assert_error(world.err("CreateGroup", body), "GroupExistsException", "A group with the name already exists.");

    world.advance(1);
    let mut change = group("writers");
    change["Precedence"] = json!(0);
    let changed = world.ok("UpdateGroup", change)["Group"].take();
    assert_eq!((&changed["Precedence"], &changed["Description"]), (&json!(0), &json!("They write.")));
    assert_eq!((&changed["CreationDate"], &changed["LastModifiedDate"]), (&json!(seconds), &json!(seconds + 1.0)));

    assert_eq!(world.call("DeleteGroup", group("writers")).http.body, b"");
    for operation in ["GetGroup", "UpdateGroup", "DeleteGroup", "ListUsersInGroup"] {
        let error = world.err(operation, group("writers"));
        assert_error(error, "ResourceNotFoundException", "Group not found.");
    }
}

#[test]
fn groups_of_an_unknown_pool_are_not_found() {
    let world = World::new();
    for operation in ["CreateGroup", "GetGroup", "UpdateGroup", "DeleteGroup", "ListGroups", "ListUsersInGroup"] {
        let mut body = json!({ "UserPoolId": "eu-west-1_None" });
        if operation != "ListGroups" {
            body["GroupName"] = json!("editors");
        }
        assert_eq!(world.err(operation, body).0, "ResourceNotFoundException", "{operation}");
    }
    for operation in ["AdminAddUserToGroup", "AdminRemoveUserFromGroup", "AdminListGroupsForUser"] {
        let mut body = json!({ "UserPoolId": "eu-west-1_None", "Username": "alice" });
        if operation != "AdminListGroupsForUser" {
            body["GroupName"] = json!("editors");
        }
        assert_eq!(world.err(operation, body).0, "ResourceNotFoundException", "{operation}");
    }
}

#[test]
fn impossible_groups_are_refused() {
    let world = World::new();
    for (name, value) in
        [("GroupName", json!("a b")), ("RoleArn", json!("role")), ("Precedence", json!(2_147_483_648_u32))]
    {
        for (operation, of) in [("CreateGroup", "new"), ("UpdateGroup", "editors")] {
            let mut body = group(of);
            body[name] = value.clone();
            assert_eq!(world.err(operation, body).0, "InvalidParameterException", "{operation} {name}");
        }
    }
}

#[test]
fn lists_of_groups_come_in_pages() {
    let world = World::new();
    for name in ["b", "a", "c"] {
        world.ok("CreateGroup", group(name));
        world.ok("AdminAddUserToGroup", member("bob", name));
    }
    let pool = json!({ "UserPoolId": POOL });
    let all = pages(&world, "ListGroups", &pool, "Groups", "GroupName");
    // The others belong to the identity providers.
    assert_eq!(all[..4], ["a", "b", "c", "editors"]);
    assert_eq!(names(&world.ok("ListGroups", pool)["Groups"], "GroupName"), all);
    let bob = json!({ "UserPoolId": POOL, "Username": "bob" });
    assert_eq!(pages(&world, "AdminListGroupsForUser", &bob, "Groups", "GroupName"), ["a", "b", "c"]);
    let carol = json!({ "UserPoolId": POOL, "Username": "carol" });
    assert_eq!(world.ok("AdminListGroupsForUser", carol)["Groups"], json!([]));
    let nobody = json!({ "UserPoolId": POOL, "Username": "nobody" });
    assert_eq!(world.err("AdminListGroupsForUser", nobody).0, "UserNotFoundException");
}

#[test]
fn a_token_is_good_for_its_own_list_only() {
    let world = World::new();
    for (user, name) in [("bob", "a"), ("alice", "a"), ("bob", "b"), ("alice", "b")] {
        world.call("CreateGroup", group(name));
        world.ok("AdminAddUserToGroup", member(user, name));
    }
    let list = |mut body: Value, token: &Value| {
        body["Limit"] = json!(1);
        body["NextToken"] = token.clone();
        body
    };
    let token = world.ok("ListUsersInGroup", list(group("a"), &Value::Null))["NextToken"].take();
    world.ok("ListUsersInGroup", list(group("a"), &token));
    for (operation, body) in [
        ("ListUsersInGroup", group("b")),
        ("ListGroups", json!({ "UserPoolId": POOL })),
        ("AdminListGroupsForUser", json!({ "UserPoolId": POOL, "Username": "bob" })),
    ] {
        assert_eq!(world.err(operation, list(body, &token)).0, "InvalidParameterException", "{operation}");
    }
    assert_eq!(world.err("ListUsersInGroup", list(group("a"), &json!("abc"))).0, "InvalidParameterException");
}

#[test]
fn members_are_in_their_tokens_and_in_the_list() {
    let world = World::new();
    world.ok("CreateGroup", group("writers"));
    assert_eq!(world.call("AdminAddUserToGroup", member("bob@example.com", "writers")).http.body, b"");
    world.ok("AdminAddUserToGroup", member("bob", "writers"));
    world.ok("AdminAddUserToGroup", member("alice", "writers"));
    assert_eq!(pages(&world, "ListUsersInGroup", &group("writers"), "Users", "Username"), ["alice", "bob"]);
    let tokens = world.sign_in(WEB, "bob", "Battery-Staple8?");
    assert_eq!(claims(&tokens["AccessToken"])["cognito:groups"], json!(["writers"]));

    world.ok("AdminRemoveUserFromGroup", member("bob", "writers"));
    world.ok("AdminRemoveUserFromGroup", member("bob", "writers"));
    assert_eq!(pages(&world, "ListUsersInGroup", &group("writers"), "Users", "Username"), ["alice"]);
    let tokens = world.sign_in(WEB, "bob", "Battery-Staple8?");
    assert!(claims(&tokens["AccessToken"]).get("cognito:groups").is_none());

    for operation in ["AdminAddUserToGroup", "AdminRemoveUserFromGroup"] {
        assert_error(world.err(operation, member("alice", "none")), "ResourceNotFoundException", "Group not found.");
        assert_error(
            world.err(operation, member("nobody", "writers")),
            "UserNotFoundException",
            "User does not exist.",
        );
    }
}

#[test]
fn a_group_that_is_made_again_has_no_members() {
    let world = World::new();
    world.ok("DeleteGroup", group("editors"));
    world.ok("CreateGroup", group("editors"));
    assert_eq!(world.ok("ListUsersInGroup", group("editors"))["Users"], json!([]));
    let alice = json!({ "UserPoolId": POOL, "Username": "alice" });
    assert_eq!(world.ok("AdminListGroupsForUser", alice)["Groups"], json!([]));
}

#[test]
fn a_user_is_in_at_most_100_groups() {
    let world = World::new();
    for number in 0..=100 {
        world.ok("CreateGroup", group(&format!("g{number}")));
    }
    for number in 0..100 {
        world.ok("AdminAddUserToGroup", member("bob", &format!("g{number}")));
    }
    assert_eq!(world.err("AdminAddUserToGroup", member("bob", "g100")).0, "InvalidParameterException");
    world.ok("AdminAddUserToGroup", member("bob", "g7"));
}

#[test]
fn a_pool_has_at_most_10_000_groups() {
    let world = World::new();
    let there = world.ok("ListGroups", json!({ "UserPoolId": POOL }))["Groups"].as_array().unwrap().len();
    for number in there..10_000 {
        world.ok("CreateGroup", group(&format!("g{number}")));
    }
    assert_eq!(world.err("CreateGroup", group("more")).0, "LimitExceededException");
}
