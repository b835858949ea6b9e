//! How the hosted UI and managed login are to look: it is kept and given back.
//!
//! Witnesses: botocore 1.44.8; "There has to be an existing domain associated with this user pool" (Terraform's documentation of
//! `aws_cognito_user_pool_ui_customization`), whose acceptance test also sees `ALL` as the client.

use serde_json::{Value, json};

use crate::world::{POOL, WEB, World, assert_error};

const CSS: &str = ".label-customizable {font-weight: 400;}";

#[test]
fn a_clients_css_comes_before_the_pools() {
    let world = World::new();
    let get = |more: Value| {
        let mut body = more;
        body["UserPoolId"] = json!(POOL);
        world.ok("GetUICustomization", body)["UICustomization"].take()
    };
    assert_eq!(get(json!({})), json!({}));
    let set = world.ok("SetUICustomization", json!({ "UserPoolId": POOL, "CSS": CSS, "ImageFile": "AAAA" }));
    let shown = &set["UICustomization"];
    assert_eq!(
        (&shown["ClientId"], &shown["CSS"], &shown["CSSVersion"]),
        (&json!("ALL"), &json!(CSS), &json!("20251106090503"))
    );
    assert!(shown["ImageUrl"].as_str().unwrap().starts_with("https://"));
    assert_eq!(&get(json!({ "ClientId": WEB })), shown, "a client without its own has the pool's");
    let own = json!({ "UserPoolId": POOL, "ClientId": WEB, "CSS": ".logo-customizable { max-width: 60%; }" });
    let own = world.ok("SetUICustomization", own)["UICustomization"].take();
    assert_eq!(get(json!({ "ClientId": WEB })), own);
    assert_eq!((&own["ClientId"], &own["ImageUrl"]), (&json!(WEB), &Value::Null));
    assert_eq!(&get(json!({})), shown);
    // Terraform takes it back by setting nothing.
    let cleared = world.ok("SetUICustomization", json!({ "UserPoolId": POOL }))["UICustomization"].take();
    assert_eq!((&cleared["CSS"], &cleared["ImageUrl"]), (&Value::Null, &Value::Null));
}

#[test]
fn css_needs_a_domain_a_client_and_the_templates_classes() {
    let world = World::new();
    let pool = world.ok("CreateUserPool", json!({ "PoolName": "p" }))["UserPool"]["Id"].take();
    let text = "There has to be an existing domain associated with this user pool";
    assert_error(
        world.err("SetUICustomization", json!({ "UserPoolId": pool, "CSS": CSS })),
        "InvalidParameterException",
        text,
    );
    for operation in ["SetUICustomization", "GetUICustomization"] {
        let unknown = json!({ "UserPoolId": POOL, "ClientId": "nothing" });
        assert_eq!(world.err(operation, unknown).0, "ResourceNotFoundException");
    }
    let css = json!({ "UserPoolId": POOL, "CSS": "body { background: url(https://example.com/x) }" });
    assert_eq!(world.err("SetUICustomization", css).0, "InvalidParameterException");
}

fn style(world: &World, more: Value) -> Value {
    let mut body = more;
    (body["UserPoolId"], body["ClientId"]) = (json!(POOL), json!(WEB));
    world.ok("CreateManagedLoginBranding", body)["ManagedLoginBranding"].take()
}

#[test]
fn a_style_is_made_changed_described_and_deleted() {
    let world = World::new();
    let settings =
        json!({ "components": { "form": { "lightMode": { "backgroundColor": "ffffffff" } } }, "list": [1, null, "x"] });
    let made = style(&world, json!({ "Settings": settings }));
    let id = &made["ManagedLoginBrandingId"];
    assert_eq!((&made["Settings"], &made["UseCognitoProvidedValues"]), (&settings, &json!(false)));
    let by_id = |operation: &str, more: Value| {
        let mut body = more;
        (body["UserPoolId"], body["ManagedLoginBrandingId"]) = (json!(POOL), id.clone());
        world.call(operation, body)
    };
    assert_eq!(by_id("DescribeManagedLoginBranding", json!({})).body["ManagedLoginBranding"], made);
    let client = json!({ "UserPoolId": POOL, "ClientId": WEB });
    assert_eq!(world.ok("DescribeManagedLoginBrandingByClient", client.clone())["ManagedLoginBranding"], made);
    let asset = json!({ "Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "PNG", "Bytes": "AAAA" });
    world.advance(5);
    let changed = by_id("UpdateManagedLoginBranding", json!({ "Assets": [asset] })).body["ManagedLoginBranding"].take();
    assert_eq!((&changed["Settings"], &changed["Assets"]), (&settings, &json!([asset])), "what is not given stays");
    assert_ne!(changed["LastModifiedDate"], made["LastModifiedDate"]);
    let reset = by_id("UpdateManagedLoginBranding", json!({ "UseCognitoProvidedValues": true }));
    assert_eq!(reset.body["ManagedLoginBranding"]["Settings"], Value::Null);
    assert_eq!(by_id("DeleteManagedLoginBranding", json!({})).http.status, 200);
    for operation in ["DescribeManagedLoginBranding", "DeleteManagedLoginBranding"] {
        assert_eq!(by_id(operation, json!({})).text("__type"), "ResourceNotFoundException", "{operation}");
    }
    let update = by_id("UpdateManagedLoginBranding", json!({ "UseCognitoProvidedValues": true }));
    assert_eq!(update.text("__type"), "ResourceNotFoundException");
    assert_eq!(world.err("DescribeManagedLoginBrandingByClient", client).0, "ResourceNotFoundException");
}

#[test]
fn a_client_has_one_style() {
    let world = World::new();
    let made = style(&world, json!({ "UseCognitoProvidedValues": true }));
    let again = json!({ "UserPoolId": POOL, "ClientId": WEB, "UseCognitoProvidedValues": true });
    assert_eq!(world.err("CreateManagedLoginBranding", again).0, "ManagedLoginBrandingExistsException");
    let unknown = json!({ "UserPoolId": POOL, "ClientId": "nothing", "UseCognitoProvidedValues": true });
    assert_eq!(world.err("CreateManagedLoginBranding", unknown).0, "ResourceNotFoundException");
    for more in [json!({}), json!({ "UseCognitoProvidedValues": true, "Settings": {} })] {
        let mut body = more;
        (body["UserPoolId"], body["ClientId"]) = (json!(POOL), json!(WEB));
        assert_eq!(world.err("CreateManagedLoginBranding", body).0, "InvalidParameterException");
    }
    let merged = json!({ "UserPoolId": POOL, "ClientId": WEB, "ReturnMergedResources": true });
    assert_eq!(world.err("DescribeManagedLoginBrandingByClient", merged).0, "InvalidParameterException");
    let nothing = json!({ "UserPoolId": POOL, "UseCognitoProvidedValues": true });
    assert_eq!(world.err("UpdateManagedLoginBranding", nothing).0, "InvalidParameterException");
    let elsewhere = json!({
        "UserPoolId": "eu-west-1_NotThere1", "ManagedLoginBrandingId": made["ManagedLoginBrandingId"], "UseCognitoProvidedValues": true,
    });
    assert_eq!(world.err("UpdateManagedLoginBranding", elsewhere).0, "ResourceNotFoundException");
    // It goes with its client.
    world.ok("DeleteUserPoolClient", json!({ "UserPoolId": POOL, "ClientId": WEB }));
    let gone = json!({ "UserPoolId": POOL, "ManagedLoginBrandingId": made["ManagedLoginBrandingId"] });
    assert_eq!(world.err("DescribeManagedLoginBranding", gone).0, "ResourceNotFoundException");
}
