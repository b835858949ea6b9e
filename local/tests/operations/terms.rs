//! Terms documents: they are kept and given back.

use serde_json::{Value, json};

use crate::world::{POOL, ROTATION, WEB, World};

const NAMES: [&str; 2] = ["terms-of-use", "privacy-policy"];

fn create(client: &str, name: &str) -> Value {
    json!({
        "UserPoolId": POOL, "ClientId": client, "TermsName": name, "TermsSource": "LINK", "Enforcement": "NONE",
        "Links": { "cognito:default": "https://example.com/terms" },
    })
}

fn of(terms: &Value, mut more: Value) -> Value {
    (more["UserPoolId"], more["TermsId"]) = (json!(POOL), terms["TermsId"].clone());
    more
}

#[test]
fn documents_are_made_changed_listed_and_deleted() {
    let world = World::new();
    let made = NAMES.map(|name| world.ok("CreateTerms", create(WEB, name))["Terms"].take());
    assert_eq!(made[0]["Links"], json!({ "cognito:default": "https://example.com/terms" }));
    assert_eq!((&made[0]["ClientId"], &made[0]["TermsSource"]), (&json!(WEB), &json!("LINK")));
    assert_eq!(world.ok("DescribeTerms", of(&made[1], json!({})))["Terms"], made[1]);
    let by_client = json!({ "UserPoolId": POOL, "ClientId": WEB, "TermsName": "privacy-policy" });
    assert_eq!(world.ok("DescribeTermsByClient", by_client)["Terms"], made[1]);
    let first = world.ok("ListTerms", json!({ "UserPoolId": POOL, "MaxResults": 1 }));
    let rest = world.ok("ListTerms", json!({ "UserPoolId": POOL, "NextToken": first["NextToken"] }));
    let mut ids = [&first["Terms"][0]["TermsId"], &rest["Terms"][0]["TermsId"]].map(|id| id.as_str().unwrap());
    ids.sort_unstable();
    let mut expected = [&made[0]["TermsId"], &made[1]["TermsId"]].map(|id| id.as_str().unwrap());
    expected.sort_unstable();
    assert_eq!((ids, &rest["NextToken"]), (expected, &Value::Null));
    let links = json!({ "cognito:german": "https://example.com/de" });
    let changed = world.ok("UpdateTerms", of(&made[0], json!({ "Links": links })))["Terms"].take();
    assert_eq!((&changed["Links"], &changed["TermsName"]), (&links, &json!("terms-of-use")));
    assert_eq!(world.ok("DeleteTerms", of(&made[0], json!({}))), Value::Null);
    for operation in ["DescribeTerms", "DeleteTerms", "UpdateTerms"] {
        assert_eq!(world.err(operation, of(&made[0], json!({}))).0, "ResourceNotFoundException", "{operation}");
    }
}

#[test]
fn a_client_has_one_document_of_a_name() {
    let world = World::new();
    let [terms, policy] = NAMES.map(|name| world.ok("CreateTerms", create(WEB, name))["Terms"].take());
    assert_eq!(world.err("CreateTerms", create(WEB, NAMES[0])).0, "TermsExistsException");
    world.ok("CreateTerms", create(ROTATION, NAMES[0]));
    let rename = of(&terms, json!({ "TermsName": NAMES[1] }));
    assert_eq!(world.err("UpdateTerms", rename).0, "TermsExistsException");
    world.ok("UpdateTerms", of(&policy, json!({ "TermsName": NAMES[1] })));
    world.ok("DeleteTerms", of(&policy, json!({})));
    assert_eq!(world.ok("UpdateTerms", of(&terms, json!({ "TermsName": NAMES[1] })))["Terms"]["TermsName"], NAMES[1]);
}

#[test]
fn what_is_not_there_or_not_whole_is_refused() {
    let world = World::new();
    assert_eq!(world.err("CreateTerms", create("nothing", NAMES[0])).0, "ResourceNotFoundException");
    let mut without = create(WEB, NAMES[0]);
    without.as_object_mut().unwrap().remove("Links");
    assert_eq!(world.err("CreateTerms", without).0, "InvalidParameterException");
    for (client, name) in [("nothing", NAMES[0]), (WEB, NAMES[0])] {
        let body = json!({ "UserPoolId": POOL, "ClientId": client, "TermsName": name });
        assert_eq!(world.err("DescribeTermsByClient", body).0, "ResourceNotFoundException");
    }
    world.ok("CreateTerms", create(WEB, NAMES[0]));
    world.ok("DeleteUserPoolClient", json!({ "UserPoolId": POOL, "ClientId": WEB }));
    assert_eq!(world.ok("ListTerms", json!({ "UserPoolId": POOL }))["Terms"], json!([]));
}
