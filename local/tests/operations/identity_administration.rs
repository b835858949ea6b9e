//! Making and describing identity pools.

use poolpass_local::core::{Config, SEED};
use serde_json::{Value, json};

use crate::identity_world::{IDENTITIES, LOGIN};
use crate::world::{WEB, World};

fn settings(change: Value) -> Value {
    let mut body = json!({ "IdentityPoolName": "my pool", "AllowUnauthenticatedIdentities": true });
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

#[test]
fn pools_are_made_described_updated_and_deleted() {
    let world = World::new();
    let providers = json!([{ "ProviderName": LOGIN, "ClientId": WEB, "ServerSideTokenCheck": true }]);
    let made = world.identity_ok(
        "CreateIdentityPool",
        settings(json!({ "CognitoIdentityProviders": providers, "AllowClassicFlow": true })),
    );
    let id = made["IdentityPoolId"].clone();
    assert_eq!(made["CognitoIdentityProviders"], providers);
    assert_eq!(world.identity_ok("DescribeIdentityPool", json!({ "IdentityPoolId": id })), made);
    let listed = world.identity_ok("ListIdentityPools", json!({ "MaxResults": 1 }));
    assert_eq!(listed["IdentityPools"].as_array().unwrap().len(), 1);
    let rest = world.identity_ok("ListIdentityPools", json!({ "MaxResults": 1, "NextToken": listed["NextToken"] }));
    assert!(rest["NextToken"].is_null() && rest["IdentityPools"] != listed["IdentityPools"]);
    let updated = world.identity_ok(
        "UpdateIdentityPool",
        settings(json!({ "IdentityPoolId": id, "AllowUnauthenticatedIdentities": false })),
    );
    assert_eq!(
        updated,
        json!({ "IdentityPoolId": id, "IdentityPoolName": "my pool", "AllowUnauthenticatedIdentities": false, "AllowClassicFlow": false })
    );
    world.identity_ok("DeleteIdentityPool", json!({ "IdentityPoolId": id }));
    for operation in ["DescribeIdentityPool", "DeleteIdentityPool", "GetIdentityPoolRoles", "GetId"] {
        let (kind, text) = world.identity_err(operation, json!({ "IdentityPoolId": id }));
        assert_eq!(kind, "ResourceNotFoundException", "{operation}");
        assert_eq!(text, format!("IdentityPool '{}' not found.", id.as_str().unwrap()));
    }
}

#[test]
fn what_is_not_supported_is_named() {
    let world = World::new();
    for (change, word) in [
        (json!({ "SupportedLoginProviders": { "login.example.com": "a" } }), "login.example.com is not a supported"),
        (
            json!({ "SamlProviderARNs": ["arn:aws:iam::000000000000:oidc-provider/x"] }),
            "is not the ARN of a SAML provider",
        ),
        (
            json!({ "OpenIdConnectProviderARNs": ["arn:aws:iam::000000000000:saml-provider/x"] }),
            "is not the ARN of an OpenID Connect provider",
        ),
        (
            json!({ "CognitoIdentityProviders": [{ "ProviderName": "example.com", "ClientId": "a" }] }),
            "Invalid Cognito Identity Provider",
        ),
        (json!({ "CognitoIdentityProviders": [{ "ProviderName": LOGIN }] }), "needs a ClientId"),
        (
            json!({ "CognitoIdentityProviders": [{ "ProviderName": LOGIN, "ClientId": WEB }, { "ProviderName": LOGIN, "ClientId": WEB }] }),
            "ClientId of its own",
        ),
        (json!({ "Other": 1 }), "'other'"),
    ] {
        let (kind, text) = world.identity_err("CreateIdentityPool", settings(change.clone()));
        assert_eq!(kind, "InvalidParameterException", "{change}");
        assert!(text.contains(word), "{change}: {text}");
    }
}

/// Witness: Terraform's documentation and acceptance tests of `aws_cognito_identity_pool`.
#[test]
fn providers_that_are_not_emulated_are_kept_and_refused_at_sign_in() {
    let world = World::new();
    let arn = "arn:aws:iam::000000000000:saml-provider/x";
    let providers = json!({
        "SupportedLoginProviders": { "api.twitter.com": "a;b", "www.digits.com": "c;d" }, "SamlProviderARNs": [arn],
    });
    let made = world.identity_ok("CreateIdentityPool", settings(providers.clone()));
    for (member, value) in providers.as_object().unwrap() {
        assert_eq!(&made[member], value);
    }
    for name in ["api.twitter.com", "www.digits.com", arn] {
        let login = json!({ "IdentityPoolId": made["IdentityPoolId"], "Logins": { name: "x" } });
        let (kind, text) = world.identity_err("GetId", login);
        assert_eq!(kind, "InvalidParameterException");
        assert!(text.contains(&format!("does not support logins of {name}")), "{text}");
    }
}

/// Witness: botocore 1.44.8, `CreateIdentityPoolInput$DeveloperProviderName`.
#[test]
fn the_name_of_the_back_end_stays() {
    let world = World::new();
    let made = world.identity_ok("CreateIdentityPool", settings(json!({ "DeveloperProviderName": "login.a" })));
    let update = |more: Value| {
        let mut body = settings(more);
        body["IdentityPoolId"] = made["IdentityPoolId"].clone();
        body
    };
    let error = world.identity_err("UpdateIdentityPool", update(json!({ "DeveloperProviderName": "login.b" })));
    assert_eq!(error.0, "InvalidParameterException");
    let tagged = world.identity_ok("UpdateIdentityPool", update(json!({ "IdentityPoolTags": { "a": "b" } })));
    assert_eq!(
        (&tagged["DeveloperProviderName"], &tagged["IdentityPoolTags"]),
        (&json!("login.a"), &json!({ "a": "b" }))
    );
    assert_eq!(world.identity_ok("UpdateIdentityPool", update(json!({})))["IdentityPoolTags"], Value::Null);
}

/// Witness: Terraform's acceptance test of `aws_cognito_identity_pool`, whose `openid_connect_provider_arns` name a provider that is not
/// there.
#[test]
fn an_openid_connect_provider_need_not_exist() {
    let world = World::new();
    let arns = json!(["arn:aws:iam::123456789012:oidc-provider/server.example.com"]);
    let made = world.identity_ok("CreateIdentityPool", settings(json!({ "OpenIdConnectProviderARNs": arns })));
    assert_eq!(made["OpenIdConnectProviderARNs"], arns);
    let id = &made["IdentityPoolId"];
    let roles = json!({ "IdentityPoolId": id, "Roles": {}, "RoleMappings": {
        "server.example.com": { "Type": "Token", "AmbiguousRoleResolution": "Deny" },
    } });
    world.identity_ok("SetIdentityPoolRoles", roles);
    let login = json!({ "IdentityPoolId": id, "Logins": { "server.example.com": "a.e30.c" } });
    let (kind, text) = world.identity_err("GetId", login);
    assert_eq!(kind, "NotAuthorizedException");
    assert_eq!(text, "Token is not from a supported provider of this identity pool.");
}

#[test]
fn identities_come_in_pages() {
    let world = World::new();
    let mut ids: Vec<String> = (0..5).map(|_| world.get_id(&json!({}))).collect();
    ids.sort();
    let (mut seen, mut token) = (Vec::new(), Value::Null);
    for _ in 0..3 {
        let page = world.identity_ok(
            "ListIdentities",
            json!({ "IdentityPoolId": IDENTITIES, "MaxResults": 2, "NextToken": token }),
        );
        seen.extend(
            page["Identities"].as_array().unwrap().iter().map(|one| one["IdentityId"].as_str().unwrap().to_owned()),
        );
        token = page["NextToken"].clone();
    }
    assert_eq!((seen, token), (ids, Value::Null));
    let body = json!({ "IdentityPoolId": IDENTITIES, "MaxResults": 2, "NextToken": "%" });
    assert_eq!(world.identity_err("ListIdentities", body).1, "Invalid pagination token");
    let pools = json!({ "MaxResults": 2, "NextToken": "%" });
    assert_eq!(world.identity_err("ListIdentityPools", pools).1, "Invalid pagination token");
}

#[test]
fn the_control_api_shows_the_pools_and_a_reset_forgets_identities() {
    let world = World::new();
    let config = world.control("GET", "config", Value::Null);
    let pool = &config["identityPools"][0];
    assert_eq!((&pool["identityPoolId"], &pool["guests"]), (&json!(IDENTITIES), &json!(true)));
    assert_eq!(pool["userPoolClients"][0], json!({ "provider": LOGIN, "clientId": WEB }));
    assert_eq!(config["apis"], json!(["rest", "http", "iam", "lambda"]));
    let id = world.get_id(&world.logins("alice"));
    world.control("POST", "reset", json!({}));
    assert_eq!(world.identity_err("DescribeIdentity", json!({ "IdentityId": id })).0, "ResourceNotFoundException");
    assert_ne!(world.get_id(&world.logins("alice")), id);
}

#[test]
fn the_overview_shows_who_is_there() {
    let world = World::new();
    let identities = || world.control("GET", "overview", Value::Null)["identityPools"][0]["identities"].take();
    assert_eq!(identities(), json!([]));
    let guest = world.get_id(&json!({}));
    assert_eq!(identities(), json!([{ "identityId": guest, "logins": "none: a guest" }]));
    let alice = world.logins("alice");
    world.identity_ok("GetCredentialsForIdentity", json!({ "IdentityId": guest, "Logins": alice }));
    assert_eq!(identities(), json!([{ "identityId": guest, "logins": LOGIN }]));
}

#[test]
fn mistakes_in_the_configuration_are_named() {
    for (from, to, word) in [
        ("IdentityPoolId = \"eu-west-1:", "IdentityPoolId = \"us-east-1:", "must be eu-west-1: followed by a UUID"),
        ("IdentityPoolName = \"poolpass_local\"", "IdentityPoolNam = \"x\"", "identityPoolNam"),
        ("oidc-provider/poolpass:oidc\"]", "oidc-provider/other\"]", "There is no OpenIdProvider"),
        ("\"www.amazon.com\" =", "\"www.example.com\" =", "www.example.com"),
        ("PoolPass1:poolpasslocalwebclient0001\" = { Type", "PoolPass1:other\" = { Type", "in RoleMappings"),
        ("[[Role]] ", "[[Rolle]] ", "Rolle"),
        (
            "Arn = \"arn:aws:iam::000000000000:role/poolpass-user\"",
            "Arn = \"poolpass-user\"",
            "is not the ARN of a role",
        ),
        (
            "Arn = \"arn:aws:iam::000000000000:role/poolpass-user\"",
            "Arn = \"arn:aws:iam::000000000000:role/poolpass-guest\"",
            "there twice",
        ),
        ("\"Version\": \"2012-10-17\", \"Statement\": [\n", "\"Statement\": [\n", "Version"),
        ("\"StringLike\": { \"s3:prefix\"", "\"DateLessThan\": { \"s3:prefix\"", "DateLessThan"),
        ("cognito-identity.amazonaws.com:sub}", "aws:username}", "aws:username"),
        ("Name = \"rest\"", "Name = \"http\"", "http: it is there twice"),
        ("ProtocolType = \"REST\"", "ProtocolType = \"SOAP\"", "SOAP"),
        ("Type = \"JWT\"", "Type = \"JWTS\"", "JWTS"),
        ("Group = \"editors\" }", "Group = \"editors\", Url = \"http://localhost/\" }", "either Url or Group"),
        ("Group = \"editors\" }", "Url = \"http://example.com/\" }", "must be https"),
        ("Path = \"/me\"", "Path = \"me\"", "must begin with /"),
    ] {
        assert!(SEED.contains(from), "{from}");
        let text = Config::from_toml(&SEED.replacen(from, to, 1)).err().map(|error| error.to_string());
        assert!(text.as_ref().is_some_and(|text| text.contains(word)), "{from}: {text:?}");
    }
}
