//! What AWS adds to `ProviderDetails`, and what it takes.
//!
//! Witnesses: botocore 1.44.5, the examples of requests and answers in `IdentityProviderType$ProviderDetails`; Terraform's acceptance
//! test of `aws_cognito_identity_provider`, whose Google provider has `authorize_scopes = "email"`.

use serde_json::{Value, json};

use crate::federation_browser::Browser;
use crate::world::{POOL, WEB, World};

const GOOGLE: [(&str, &str); 6] = [
    ("attributes_url", "https://people.googleapis.com/v1/people/me?personFields="),
    ("attributes_url_add_attributes", "true"),
    ("authorize_url", "https://accounts.google.com/o/oauth2/v2/auth"),
    ("oidc_issuer", "https://accounts.google.com"),
    ("token_request_method", "POST"),
    ("token_url", "https://www.googleapis.com/oauth2/v4/token"),
];
const FACEBOOK: [(&str, &str); 6] = [
    ("api_version", "v17.0"),
    ("attributes_url", "https://graph.facebook.com/v17.0/me?fields="),
    ("attributes_url_add_attributes", "true"),
    ("authorize_url", "https://www.facebook.com/v17.0/dialog/oauth"),
    ("token_request_method", "GET"),
    ("token_url", "https://graph.facebook.com/v17.0/oauth/access_token"),
];
const AMAZON: [(&str, &str); 5] = [
    ("attributes_url", "https://api.amazon.com/user/profile"),
    ("attributes_url_add_attributes", "false"),
    ("authorize_url", "https://www.amazon.com/ap/oa"),
    ("token_request_method", "POST"),
    ("token_url", "https://api.amazon.com/auth/o2/token"),
];
const APPLE: [(&str, &str); 5] = [
    ("attributes_url_add_attributes", "false"),
    ("authorize_url", "https://appleid.apple.com/auth/authorize"),
    ("oidc_issuer", "https://appleid.apple.com"),
    ("token_request_method", "POST"),
    ("token_url", "https://appleid.apple.com/auth/token"),
];

fn details(world: &World, name: &str) -> Value {
    let named = json!({ "UserPoolId": POOL, "ProviderName": name });
    world.ok("DescribeIdentityProvider", named)["IdentityProvider"]["ProviderDetails"].take()
}

#[test]
fn social_providers_show_the_addresses_that_aws_uses() {
    let world = World::new();
    for (name, expected) in
        [("Google", &GOOGLE[..]), ("Facebook", &FACEBOOK), ("LoginWithAmazon", &AMAZON), ("SignInWithApple", &APPLE)]
    {
        let shown = details(&world, name);
        for (key, value) in expected {
            assert_eq!(shown[key], *value, "{name}: {key}");
        }
    }
    let saml = details(&world, "ExampleSAML");
    assert!(saml.get("authorize_url").is_none(), "{saml}");
}

#[test]
fn given_values_stay_and_facebooks_follow_the_version() {
    let world = World::new();
    let given = json!({
        "client_id": "c", "client_secret": "s", "authorize_scopes": "public_profile", "api_version": "v20.0", "token_request_method": "POST",
    });
    let body = json!({ "UserPoolId": POOL, "ProviderName": "Facebook", "ProviderDetails": given });
    world.ok("UpdateIdentityProvider", body.clone());
    let shown = details(&world, "Facebook");
    assert_eq!(shown["token_request_method"], "POST");
    assert_eq!(shown["authorize_url"], "https://www.facebook.com/v20.0/dialog/oauth");
    // Scripts send back what they were shown.
    let mut again = body;
    again["ProviderDetails"] = shown.clone();
    world.ok("UpdateIdentityProvider", again);
    assert_eq!(details(&world, "Facebook"), shown);
}

#[test]
fn oidc_and_saml_show_what_follows_from_what_was_given() {
    let world = World::new();
    let oidc = json!({
        "client_id": "c", "client_secret": "s", "attributes_request_method": "GET", "oidc_issuer": "https://idp.example.com",
        "authorize_scopes": "openid",
    });
    let body = json!({ "UserPoolId": POOL, "ProviderName": "Corp", "ProviderType": "OIDC", "ProviderDetails": oidc });
    world.ok("CreateIdentityProvider", body);
    assert_eq!(details(&world, "Corp")["attributes_url_add_attributes"], "false");
    let metadata = include_str!("../saml/metadata.xml");
    let body = json!({
        "UserPoolId": POOL, "ProviderName": "Office", "ProviderType": "SAML", "ProviderDetails": { "MetadataFile": metadata },
    });
    world.ok("CreateIdentityProvider", body);
    let shown = details(&world, "Office");
    let address = shown["SSORedirectBindingURI"].as_str().unwrap();
    assert!(address.starts_with("https://") && metadata.contains(address), "{address}");
}

#[test]
fn google_needs_no_scope_openid() {
    let world = World::new();
    let given = json!({ "client_id": "c", "client_secret": "s", "authorize_scopes": "email" });
    let body = json!({ "UserPoolId": POOL, "ProviderName": "Google", "ProviderDetails": given });
    world.ok("UpdateIdentityProvider", body);
    let claims = Browser::new(&world).id_claims("Google", "ada");
    assert_eq!((&claims["email"], &claims["aud"]), (&json!("ada@example.com"), &json!(WEB)));
}
