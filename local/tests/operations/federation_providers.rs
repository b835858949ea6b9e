//! Making, changing and finding identity providers.

use poolpass_local::core::{Config, SEED};
use serde_json::{Value, json};

use crate::world::{POOL, World, assert_error};

fn oidc(name: &str) -> Value {
    json!({
        "UserPoolId": POOL, "ProviderName": name, "ProviderType": "OIDC",
        "ProviderDetails": {
            "client_id": "c", "client_secret": "s", "attributes_request_method": "GET", "oidc_issuer": "https://idp.example.com",
            "authorize_scopes": "openid",
        },
    })
}

fn named(name: &str) -> Value {
    json!({ "UserPoolId": POOL, "ProviderName": name })
}

#[test]
fn a_provider_is_made_shown_changed_and_removed() {
    let world = World::new();
    let made = world.ok("CreateIdentityProvider", oidc("Corp"))["IdentityProvider"].take();
    assert_eq!((&made["ProviderType"], &made["AttributeMapping"]), (&json!("OIDC"), &json!({ "username": "sub" })));
    assert_eq!(made["CreationDate"], 1_762_419_903.0);
    assert_eq!(world.ok("DescribeIdentityProvider", named("Corp"))["IdentityProvider"], made);
    world.advance(10);
    let mut change = named("Corp");
    change["AttributeMapping"] = json!({ "email": "mail" });
    change["IdpIdentifiers"] = json!(["corp.example", "corp.test"]);
    let changed = world.ok("UpdateIdentityProvider", change)["IdentityProvider"].take();
    assert_eq!(changed["AttributeMapping"], json!({ "email": "mail", "username": "sub" }));
    assert_eq!(
        (&changed["ProviderDetails"], &changed["LastModifiedDate"]),
        (&made["ProviderDetails"], &json!(1_762_419_913.0))
    );
    let by = |identifier: &str| json!({ "UserPoolId": POOL, "IdpIdentifier": identifier });
    assert_eq!(world.ok("GetIdentityProviderByIdentifier", by("corp.test"))["IdentityProvider"], changed);
    assert_eq!(
        world.ok("GetIdentityProviderByIdentifier", by("example.com"))["IdentityProvider"]["ProviderName"],
        "ExampleSAML"
    );
    assert_eq!(world.ok("DeleteIdentityProvider", named("Corp")), Value::Null);
    let text = "Identity provider Corp does not exist.";
    for operation in ["DescribeIdentityProvider", "UpdateIdentityProvider", "DeleteIdentityProvider"] {
        assert_error(world.err(operation, named("Corp")), "ResourceNotFoundException", text);
    }
    assert_eq!(world.err("GetIdentityProviderByIdentifier", by("corp.test")).0, "ResourceNotFoundException");
}

#[test]
fn lists_come_in_pages() {
    let world = World::new();
    let page = |token: Option<&Value>| {
        let mut body = json!({ "UserPoolId": POOL, "MaxResults": 2 });
        if let Some(token) = token {
            body["NextToken"] = token.clone();
        }
        world.ok("ListIdentityProviders", body)
    };
    let (mut names, mut reply) = (Vec::new(), page(None));
    loop {
        names.extend(
            reply["Providers"].as_array().unwrap().iter().map(|one| one["ProviderName"].as_str().unwrap().to_owned()),
        );
        let Some(token) = reply.get("NextToken").cloned() else { break };
        reply = page(Some(&token));
    }
    assert_eq!(names, ["Google", "Facebook", "LoginWithAmazon", "SignInWithApple", "ExampleSAML"]);
    for token in ["x", "99", "18446744073709551615"] {
        let body = json!({ "UserPoolId": POOL, "NextToken": token });
        assert_eq!(world.err("ListIdentityProviders", body).0, "InvalidParameterException", "{token}");
    }
}

#[test]
fn apples_private_key_stays_secret_and_in_force() {
    let world = World::new();
    let shown = world.ok("DescribeIdentityProvider", named("SignInWithApple"))["IdentityProvider"].take();
    assert!(
        shown["ProviderDetails"].get("private_key").is_none() && shown["ProviderDetails"]["key_id"] == "STANDIN001"
    );
    let mut change = named("SignInWithApple");
    change["ProviderDetails"] = shown["ProviderDetails"].clone();
    world.ok("UpdateIdentityProvider", change);
    crate::federation_browser::Browser::new(&world).id_claims("SignInWithApple", "ada");
}

#[test]
fn what_can_not_work_is_refused() {
    let world = World::new();
    let with = |path: &str, value: Value| {
        let mut body = oidc("Corp");
        *body
            .pointer_mut(path.rsplit_once('/').unwrap().0)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .entry(path.rsplit_once('/').unwrap().1)
            .or_insert(Value::Null) = value;
        body
    };
    for (path, value, word) in [
        ("/ProviderName", json!("Google"), "Google"),
        ("/ProviderName", json!("COGNITO"), "COGNITO"),
        ("/ProviderName", json!("_x_"), "regular expression"),
        ("/ProviderType", json!("Twitter"), "enum value set"),
        ("/ProviderType", json!("Google"), "ProviderName Corp"),
        ("/ProviderDetails/client_id", json!(""), "client_id"),
        ("/ProviderDetails/colour", json!("red"), "colour"),
        ("/ProviderDetails/authorize_scopes", json!("email"), "openid"),
        ("/ProviderDetails/attributes_request_method", json!("PUT"), "GET or POST"),
        ("/ProviderDetails/token_url", json!("https://idp.example.com/token"), "all of"),
        ("/AttributeMapping", json!({ "username": "email" }), "sub"),
        ("/AttributeMapping", json!({ "custom:none": "x" }), "custom:none"),
        ("/AttributeMapping", json!({ "sub": "sub" }), "sub"),
        ("/IdpIdentifiers", json!(["a", "a"]), "twice"),
        ("/IdpIdentifiers", json!(["example.com"]), "ExampleSAML"),
        ("/AcrMapping", json!({}), "AcrMapping"),
    ] {
        let (kind, text) = world.err("CreateIdentityProvider", with(path, value.clone()));
        assert!(kind == "InvalidParameterException" && text.contains(word), "{path} {value}: {kind} {text}");
    }
    world.ok("CreateIdentityProvider", oidc("Corp"));
    assert_error(
        world.err("CreateIdentityProvider", oidc("Corp")),
        "DuplicateProviderException",
        "Identity provider Corp already exists.",
    );
}

#[test]
fn saml_providers_need_metadata_that_can_be_used() {
    let world = World::new();
    let saml = |details: Value| json!({ "UserPoolId": POOL, "ProviderName": "Corp", "ProviderType": "SAML", "ProviderDetails": details });
    let file = include_str!("../saml/metadata.xml");
    for details in [
        json!({}),
        json!({ "MetadataURL": "https://a.example/", "MetadataFile": file }),
        json!({ "MetadataURL": "http://a.example/" }),
        json!({ "MetadataFile": "<a/>" }),
        json!({ "MetadataFile": file, "EncryptedResponses": "true" }),
        json!({ "MetadataFile": file, "IDPSignout": "perhaps" }),
        json!({ "MetadataFile": file, "RequestSigningAlgorithm": "rsa-sha256" }),
    ] {
        assert_eq!(
            world.err("CreateIdentityProvider", saml(details.clone())).0,
            "InvalidParameterException",
            "{details}"
        );
    }
    let made = world.ok("CreateIdentityProvider", saml(json!({ "MetadataFile": file, "IDPSignout": "false" })));
    assert_eq!(made["IdentityProvider"]["AttributeMapping"], json!({}));
    let mut body = saml(json!({ "MetadataFile": file }));
    body["AttributeMapping"] = json!({ "username": "x" });
    body["ProviderName"] = json!("Other");
    assert_eq!(world.err("CreateIdentityProvider", body).0, "InvalidParameterException");
}

#[test]
fn configuration_files_say_which_provider_is_wrong() {
    for (from, to, word) in [
        ("authorize_scopes = \"profile\"", "scopes = \"profile\"", "identity provider LoginWithAmazon"),
        ("\"poolpass:saml\"", "\"poolpass:xml\"", "identity provider ExampleSAML"),
        ("key_id = \"STANDIN001\"\n", "", "key_id"),
        ("MIGHAgEAMBMG", "AAAAAAAAAAAA", "private_key"),
        ("\"ExampleSAML\"]", "\"Unheard-of\"]", "Unheard-of"),
    ] {
        assert!(SEED.contains(from), "{from}");
        let error = Config::from_toml(&SEED.replace(from, to)).err().expect("a mistake").to_string();
        assert!(error.contains(word), "{from}: {error}");
    }
}
